import { isAPIError } from 'better-auth/api';
import { checkApiKey } from '../../infra/auth/api-key.ts';
import { CLIENT_ADDRESS_HEADER } from '../../infra/auth/client-address-header.ts';
import { isRole } from '../../infra/auth/roles.ts';
import type { Actor } from './actor.ts';
import type { AdminContext } from './context.ts';
import { VerbError } from './errors.ts';
import { personByPassword } from './users/person-by-password.ts';

const BASIC = /^basic +/i;

/**
 * Who sends this request: the holder of the API key it carries, else the signed-in person, else null. Role, company and
 * whether the person is disabled are read from the database each time. Throws `unavailable` where the session cannot be read.
 */
export async function actorOf(context: AdminContext, headers: Headers): Promise<Actor | null> {
  const sourceIp = headers.get(CLIENT_ADDRESS_HEADER);
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const holder = await checkApiKey(context.pool, context.config.HOOKWISE_API_KEY, authorization);
    return holder && { via: 'api-key', ...holder, sourceIp };
  }
  const session = await context.auth.api.getSession({ headers }).catch((error: unknown) => {
    throw isServerFault(error) ? unavailable(context, error) : error;
  });
  if (!session || session.user.disabled === true) return null;
  const { id, email, role, company } = session.user;
  return {
    via: 'session',
    id,
    name: email,
    role: isRole(role) ? role : 'viewer',
    company: company ?? null,
    sessionId: session.session.id,
    sourceIp,
  };
}

/** better-auth says no more than this of what went wrong between it and the database. */
function isServerFault(error: unknown): boolean {
  return isAPIError(error) && error.status === 'INTERNAL_SERVER_ERROR';
}

function unavailable({ logger }: AdminContext, cause: unknown): VerbError {
  logger.warn({ err: cause }, 'A session could not be looked up');
  return new VerbError('unavailable', 'The database does not answer at the moment.', { cause });
}

/** The actor of a REST call; a change asked by a browser must come from our own pages. Throws `unauthenticated` or `forbidden`. */
export async function requireActor(context: AdminContext, request: Request): Promise<Actor> {
  const isBasic = context.config.GUI_BASIC_AUTH && BASIC.test(request.headers.get('authorization') ?? '');
  const actor = isBasic ? await personByPassword(context, request.headers) : await actorOf(context, request.headers);
  if (!actor)
    throw new VerbError(
      'unauthenticated',
      'A good API key (Authorization: Bearer …) or a signed-in session is needed.',
    );
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && isForeign(actor, request.headers, context.config.ADMIN_URL)) {
    throw new VerbError('forbidden', 'A change by a signed-in browser must come from the console itself.');
  }
  return actor;
}

/** A browser sends cookies by itself, and a password it was once told; a script sends no word of where it is. */
function isForeign({ via }: Actor, headers: Headers, adminUrl: string): boolean {
  if (via === 'session') return !isSameOrigin(headers, adminUrl);
  return via === 'basic' && isFromBrowser(headers) && !isSameOrigin(headers, adminUrl);
}

/** Whether a browser sent this: it says where from, or carries cookies. */
export function isFromBrowser(headers: Headers): boolean {
  return ['cookie', 'origin', 'sec-fetch-site'].some((name) => headers.has(name));
}

/** Whether the browser says that the request comes from a page of this console. Silence counts as no. */
export function isSameOrigin(headers: Headers, adminUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin === null) return site === 'same-origin';
  if (!URL.canParse(origin)) return false;
  return origin === new URL(adminUrl).origin || new URL(origin).host === headers.get('host');
}
