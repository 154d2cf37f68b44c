import type { ClientAddresses } from '../../infra/http/client-address.ts';
import { refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** Sends plain HTTP to the same path over https with 308, which keeps method and body. `publicUrl` names the host if it is https. */
export function createForceHttps(clients: ClientAddresses, publicUrl: string): IngressMiddleware {
  const fixed = publicUrl.startsWith('https://') ? publicUrl : null;
  return function forceHttps(ctx, next) {
    const proto = ctx.req.headers['x-forwarded-proto'];
    const request = {
      peer: ctx.req.socket.remoteAddress ?? '',
      forwardedFor: undefined,
      forwardedProto: Array.isArray(proto) ? proto[0] : proto,
    };
    if (clients.isHttps(request)) return next();
    const host = ctx.req.headers.host ?? '';
    if (fixed === null && !HOST.test(host)) throw refused('bad-request');
    ctx.status = 308;
    ctx.set('Location', `${fixed ?? `https://${host}`}${ctx.path}${ctx.search}`);
    ctx.type = 'json';
    ctx.body = JSON.stringify({ status: 'error', message: 'Use https', request_id: ctx.state.requestId });
    return undefined;
  };
}
