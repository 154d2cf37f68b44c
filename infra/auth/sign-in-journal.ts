import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware, isAPIError } from 'better-auth/api';
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts';

/** Something a person did to their own access. */
export interface SignInEvent {
  action: string;
  userId: string;
  email: string;
  sourceIp: string | null;
}

const OWN_ACTIONS: Record<string, string> = {
  '/sign-out': 'sign-out',
  '/change-password': 'change-password',
  '/two-factor/enable': 'second-factor-begin',
  '/two-factor/disable': 'second-factor-remove',
  '/two-factor/generate-backup-codes': 'new-recovery-codes',
  '/passkey/verify-registration': 'add-passkey',
};

/**
 * Tells `record` of every sign-in and of what people do to their own access, after it succeeded. Strangers leave no trace:
 * whoever has no session cannot fill the journal. When `record` fails, so does the request.
 */
export function signInJournal(record: (event: SignInEvent) => Promise<void>) {
  const leaving = new WeakMap<Headers, { id: string; email: string }>();
  const told = (path: string | undefined): path is string =>
    path !== undefined && (Object.hasOwn(OWN_ACTIONS, path) || isSignIn(path));
  return {
    id: 'hookwise-journal',
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === '/sign-out',
          handler: createAuthMiddleware(async ({ context, headers, getSignedCookie }) => {
            const token = await getSignedCookie(context.authCookies.sessionToken.name, context.secret);
            const found = token ? await context.internalAdapter.findSession(token) : null;
            if (found && headers) leaving.set(headers, found.user);
          }),
        },
      ],
      after: [
        {
          matcher: ({ path }) => told(path),
          handler: createAuthMiddleware(async ({ path, context, headers }) => {
            if (isAPIError(context.returned) && context.returned.statusCode >= 400) return;
            const left = headers ? leaving.get(headers) : undefined;
            const user = context.newSession?.user ?? context.session?.user ?? left;
            if (!user) return;
            const action =
              OWN_ACTIONS[path] ?? actionOf(path, context.session !== null && context.session !== undefined);
            await record({
              action,
              userId: user.id,
              email: user.email,
              sourceIp: headers?.get(CLIENT_ADDRESS_HEADER) ?? null,
            });
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

function isSignIn(path: string): boolean {
  return (
    ['/sign-in/email', '/passkey/verify-authentication'].includes(path) ||
    path.startsWith('/two-factor/verify-') ||
    path.startsWith('/callback/')
  );
}

function actionOf(path: string, wasSignedIn: boolean): string {
  if (wasSignedIn && path === '/two-factor/verify-totp') return 'second-factor-confirm';
  if (wasSignedIn && path.startsWith('/two-factor/')) return 'recovery-code-use';
  return 'sign-in';
}
