import { checkApiKey } from '../../infra/auth/api-key.ts';
import { CLIENT_ADDRESS_HEADER } from '../../infra/auth/auth-options.ts';
import { isRole } from '../../infra/auth/roles.ts';
import type { Actor } from './actor.ts';
import type { AdminContext } from './context.ts';
import { VerbError } from './errors.ts';

/** Who sends this request: the holder of the API key it carries, else the signed-in person, else null. */
export async function actorOf(context: AdminContext, headers: Headers): Promise<Actor | null> {
  const sourceIp = headers.get(CLIENT_ADDRESS_HEADER);
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const holder = await checkApiKey(context.pool, context.config.HOOKWISE_API_KEY, authorization);
    return (
      holder && {
        via: 'api-key',
        id: holder.id,
        name: holder.name,
        role: holder.role,
        company: holder.company,
        sourceIp,
      }
    );
  }
  const session = await context.auth.api.getSession({ headers });
  if (!session) return null;
  const { id, email, role, company } = session.user;
  return { via: 'session', id, name: email, role: isRole(role) ? role : 'viewer', company: company ?? null, sourceIp };
}

/** The actor of a REST call; a change asked with a cookie must come from our own pages. Throws `unauthenticated` or `forbidden`. */
export async function requireActor(context: AdminContext, request: Request): Promise<Actor> {
  const actor = await actorOf(context, request.headers);
  if (!actor)
    throw new VerbError(
      'unauthenticated',
      'A good API key (Authorization: Bearer …) or a signed-in session is needed.',
    );
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (actor.via === 'session' && !isRead && !isSameOrigin(request.headers, context.config.ADMIN_URL)) {
    throw new VerbError('forbidden', 'A change by a signed-in browser must come from the console itself.');
  }
  return actor;
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
