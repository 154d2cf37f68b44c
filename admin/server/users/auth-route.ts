import type { Auth } from '../../../infra/auth/auth.ts';
import { isFromBrowser, isSameOrigin } from '../authenticate.ts';
import type { AdminContext } from '../context.ts';
import { isDatabaseAway } from '../database-away.ts';
import { VerbError } from '../errors.ts';
import { problemOf } from '../problem.ts';
import { answering } from '../rest.ts';

const CALLBACK = '/callback/oidc';
const SECOND_FACTOR_GOES = ['/two-factor/disable', '/two-factor/generate-backup-codes'];
/** Every open address below /api/auth. */
export const OPEN_ADDRESSES: Record<string, 'GET' | 'POST'> = {
  '/sign-in/email': 'POST',
  '/sign-in/social': 'POST',
  [CALLBACK]: 'GET',
  '/error': 'GET',
  '/sign-out': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/passkey/generate-register-options': 'GET',
  '/passkey/verify-registration': 'POST',
  '/passkey/generate-authenticate-options': 'GET',
  '/passkey/verify-authentication': 'POST',
};

/**
 * What people do to their own access, over better-auth: only the addresses named here are open. A browser must come from
 * our own pages, sign-out included. Taking the second factor away, or its recovery codes, takes a code besides the password.
 * No answer tells a session's token.
 */
export async function authRoute(request: Request): Promise<Response> {
  return answering(async (context) => {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, '');
    if (OPEN_ADDRESSES[path] !== request.method)
      return problemOf(new VerbError('not-found', 'There is nothing at this address.'));
    if (request.method === 'POST' && isFromBrowser(request.headers)) requireOwnPage(context, request.headers);
    if (path === CALLBACK) return comeBack(context, request);
    const auth = await authFor(context, path);
    if (SECOND_FACTOR_GOES.includes(path)) {
      const refusal = await checkCode(auth, request.clone());
      if (refusal) return refusal;
    }
    return withoutToken(await auth.handler(request));
  });
}

function requireOwnPage({ config }: AdminContext, headers: Headers): void {
  if (!isSameOrigin(headers, config.ADMIN_URL))
    throw new VerbError('forbidden', 'This must come from the console itself.');
}

async function authFor(context: AdminContext, path: string): Promise<Auth> {
  if (path !== '/sign-in/social') return context.auth;
  const found = await context.singleSignOn();
  if (found === null)
    throw new VerbError('unavailable', 'Single sign-on is not configured, or its provider does not answer.');
  return found;
}

/** A person comes back from the provider: what goes wrong is told on the sign-in page, never as bare JSON. */
async function comeBack(context: AdminContext, request: Request): Promise<Response> {
  const auth = await context.singleSignOn();
  const answer = auth === null ? null : await auth.handler(request).catch(nullIfAway);
  if (answer !== null && answer.status < 400) return answer;
  const told = ((await answer?.json().catch(() => null)) ?? {}) as { code?: string };
  const error = answer === null ? 'away' : (told.code?.toLowerCase() ?? 'unknown');
  return new Response(null, { status: 302, headers: { location: `/sign-in?${new URLSearchParams({ error })}` } });
}

function nullIfAway(error: unknown): null {
  if (isDatabaseAway(error)) return null;
  throw error;
}

/** Six digits are a code of the app, anything else a recovery code. Answers the refusal, or null when it was good. */
async function checkCode(auth: Auth, request: Request): Promise<Response | null> {
  const { code } = ((await request.json().catch(() => null)) ?? {}) as { code?: unknown };
  if (typeof code !== 'string')
    throw new VerbError('invalid', 'A code of the second factor, or a recovery code, is needed as "code".');
  const path = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  const checked = await auth.handler(
    new Request(new URL(`/api/auth/two-factor/${path}`, request.url), {
      method: 'POST',
      headers: codeHeaders(request.headers),
      body: JSON.stringify(path === 'verify-totp' ? { code } : { code, disableSession: true }),
    }),
  );
  return checked.ok ? null : withoutToken(checked);
}

function codeHeaders(sent: Headers): Headers {
  const headers = new Headers(sent);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  return headers;
}

async function withoutToken(response: Response): Promise<Response> {
  if (!(response.headers.get('content-type') ?? '').includes('application/json')) return response;
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const told = isObject ? { ...body, token: undefined, session: undefined } : body;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  headers.set('cache-control', 'no-store');
  return new Response(text === '' ? null : JSON.stringify(told), { status: response.status, headers });
}
