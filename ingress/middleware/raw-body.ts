import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import type { BodyBudget, BodyHold } from '../body-budget.ts';
import { refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

const NOTHING = Buffer.alloc(0);

/** Reads the body as sent, up to `limit` bytes. One that is larger is only marked: what is wrong before it is said first. */
export function createRawBody(limit: number, budget: BodyBudget): IngressMiddleware {
  return async function rawBody(ctx, next) {
    const body = await readBody(ctx.req, limit, budget.hold(ctx.state.clientIp));
    ctx.state.rawBody = body ?? NOTHING;
    ctx.state.isBodyTooLarge = body === null;
    return next();
  };
}

/** The whole body, or null when it is larger than `limit`. Throws a refusal when it cannot be held or its sender went away. */
function readBody(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const count = (chunk: Buffer) => {
      const reason = hold.take(chunk.length);
      if (reason === null) return;
      request.pause();
      request.once('close', hold.release);
      reject(refused(reason, { headers: { Connection: 'close' } }));
    };
    request.on('data', count);
    getRawBody(request, { limit, length: request.headers['content-length'] ?? null }).then(
      (body) => {
        hold.release();
        resolve(body);
      },
      (error: { type?: string }) => {
        hold.release();
        if (error.type === 'entity.too.large') resolve(letThrough(request, count));
        else reject(refused(error.type === 'request.aborted' ? 'aborted' : 'bad-request'));
      },
    );
  });
}

/** The rest of a body that nobody wants must still leave the connection, or the next request on it would wait behind it. */
function letThrough(request: IncomingMessage, count: (chunk: Buffer) => void): null {
  request.off('data', count).resume();
  return null;
}
