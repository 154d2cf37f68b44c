import { v7 as uuidv7 } from 'uuid';
import { createRandomPool } from '../../infra/crypto/random-pool.ts';
import type { ClientAddresses } from '../../infra/http/client-address.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** Gives each request its id (a uuidv7, never the sender's), its start and its sender's address. */
export function createRequestId(clients: ClientAddresses): IngressMiddleware {
  const random = createRandomPool(16 * 256);
  return function requestId(ctx, next) {
    ctx.state.requestId = uuidv7({ random: random.take(16) });
    ctx.state.startedAt = performance.now();
    ctx.state.clientIp = clients.addressOf({
      peer: ctx.req.socket.remoteAddress ?? '',
      forwardedFor: headerText(ctx.req.headers['x-forwarded-for']),
      forwardedProto: undefined,
    });
    ctx.res.setHeader('X-Request-Id', ctx.state.requestId);
    return next();
  };
}

function headerText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}
