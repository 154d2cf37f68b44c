import { z } from 'zod';
import type { Operation } from '../openapi-paths.ts';

const Code = z.string().meta({ description: 'A code of the authenticator app, or a recovery code.' });
const Password = z.string();
const Done = z.object({ status: z.boolean().optional() });
const User = z.object({ user: z.object({ id: z.string(), email: z.string(), name: z.string() }).optional() });
const SignedIn = User.extend({
  twoFactorRedirect: z
    .boolean()
    .optional()
    .meta({ description: 'true: the password was good, and a code of the second factor is needed now.' }),
});
const RecoveryCodes = z.array(z.string()).meta({ description: 'Recovery codes, told this once.' });
const WebAuthn = z.record(z.string(), z.unknown()).meta({ description: 'As WebAuthn’s JSON forms have it.' });

const post = (summary: string, body: z.ZodType, answer: z.ZodType): Record<string, Operation> => ({
  post: { summary, body, answers: { 200: answer } },
});
const open = (operations: Record<string, Operation>): Record<string, Operation> =>
  Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, { ...operation, isOpen: true }]));

/** What people do to their own access. better-auth answers here; a session is a cookie, and browsers must come from our own pages. */
export const SIGN_IN_PATHS: Record<string, Record<string, Operation>> = {
  '/api/auth/sign-in/email': open(
    post('Sign in with e-mail and password', z.object({ email: z.email(), password: Password }), SignedIn),
  ),
  '/api/auth/sign-in/social': open(
    post(
      'Begin single sign-on',
      z.object({ provider: z.literal('oidc'), callbackURL: z.string(), errorCallbackURL: z.string().optional() }),
      z.object({ url: z.string().meta({ description: 'Where the browser goes.' }) }),
    ),
  ),
  '/api/auth/callback/oidc': {
    get: {
      summary: 'Where the provider sends people back to',
      query: z.object({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() }),
      answers: { 302: null },
      isOpen: true,
    },
  },
  '/api/auth/error': {
    get: { summary: 'Leads to the sign-in page, which says what went wrong', answers: { 302: null }, isOpen: true },
  },
  '/api/auth/sign-out': post('End this session', z.object({}), z.object({ success: z.boolean() })),
  '/api/auth/change-password': post(
    'Change one’s own password',
    z.object({ currentPassword: Password, newPassword: Password, revokeOtherSessions: z.boolean().optional() }),
    User,
  ),
  '/api/auth/two-factor/enable': post(
    'Begin a second factor; it counts after its first code',
    z.object({ password: Password }),
    z.object({ totpURI: z.string(), backupCodes: RecoveryCodes }),
  ),
  '/api/auth/two-factor/verify-totp': open(
    post('Give a code of the authenticator app', z.object({ code: z.string() }), SignedIn),
  ),
  '/api/auth/two-factor/verify-backup-code': open(
    post('Give a recovery code; each counts once', z.object({ code: z.string() }), SignedIn),
  ),
  '/api/auth/two-factor/disable': post('Remove the second factor', z.object({ password: Password, code: Code }), Done),
  '/api/auth/two-factor/generate-backup-codes': post(
    'New recovery codes instead of the ones of now',
    z.object({ password: Password, code: Code }),
    Done.extend({ backupCodes: RecoveryCodes }),
  ),
  '/api/auth/passkey/generate-register-options': {
    get: { summary: 'Begin to add a passkey, within 15 minutes of signing in', answers: { 200: WebAuthn } },
  },
  '/api/auth/passkey/verify-registration': post(
    'Add a passkey',
    z.object({ response: WebAuthn, name: z.string().max(100).optional() }),
    z.object({ id: z.string(), name: z.string().nullable() }),
  ),
  '/api/auth/passkey/generate-authenticate-options': {
    get: { summary: 'Begin to sign in with a passkey', answers: { 200: WebAuthn }, isOpen: true },
  },
  '/api/auth/passkey/verify-authentication': open(
    post('Sign in with a passkey', z.object({ response: WebAuthn }), User),
  ),
};
