import type { ReactNode } from 'react';
import { SettingsTabs } from '../../../components/settings/settings-tabs.tsx';
import { pageContext } from '../../../lib/page-context.ts';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageContext();
  return (
    <>
      <div className="head">
        <h1>Settings</h1>
        <SettingsTabs viewer={{ role: actor.role, company: actor.company }} />
      </div>
      {children}
    </>
  );
}
