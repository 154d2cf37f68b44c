import type { Metadata } from 'next';
import { OwnPassword } from '../../../../components/settings/own-password.tsx';
import { OwnSessions } from '../../../../components/settings/own-sessions.tsx';
import { Passkeys } from '../../../../components/settings/passkeys.tsx';
import { SecondFactor } from '../../../../components/settings/second-factor.tsx';
import { pageContext } from '../../../../lib/page-context.ts';
import { getUser } from '../../../../server/users/list.ts';
import { listPasskeys } from '../../../../server/users/passkeys.ts';
import { listSessions } from '../../../../server/users/sessions.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'My account' };

export default async function AccountPage() {
  const context = await pageContext();
  const me = { id: 'me' };
  const [user, passkeys, sessions] = await Promise.all([
    runVerb(getUser, context, me),
    runVerb(listPasskeys, context, me),
    runVerb(listSessions, context, me),
  ]);
  return (
    <div className="two">
      <div className="stack">
        <SecondFactor isOn={user.hasSecondFactor} hasPassword={user.hasPassword} />
        <Passkeys items={passkeys.items} adminUrl={context.config.ADMIN_URL} />
        {user.hasPassword && <OwnPassword email={user.email} />}
      </div>
      <OwnSessions name={user.name} sessions={sessions.items} />
    </div>
  );
}
