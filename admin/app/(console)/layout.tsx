import { Suspense, type ReactNode } from 'react';
import { Banners } from '../../components/shell/banners.tsx';
import { ConsoleShell } from '../../components/shell/console-shell.tsx';
import { answerForbiddenPage, pageContext } from '../../lib/page-context.ts';
import { temporalUiUrl } from '../../server/incidents/present.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const context = await pageContext();
  await answerForbiddenPage(context);
  return (
    <ConsoleShell
      viewer={{ name: context.actor.name, role: context.actor.role, company: context.actor.company }}
      temporalUrl={temporalUiUrl(context)}
      banners={
        <Suspense fallback={null}>
          <Banners context={context} />
        </Suspense>
      }
    >
      {children}
    </ConsoleShell>
  );
}
