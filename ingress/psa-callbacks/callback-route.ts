import { Counter, type Registry } from 'prom-client';
import type { Logger } from '../../infra/observability/logger.ts';
import type { AttemptLimit } from '../attempt-limit.ts';
import { Refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';
import { CALLBACK_RESULTS, isAttempt, type CallbackResult } from './callback-result.ts';
import { judgeCallback, type JudgeDeps } from './judge-callback.ts';

const TRY_AGAIN_SECONDS = 5;

export interface CallbackRouteDeps extends JudgeDeps {
  log: Logger;
  registry: Registry;
  attempts: AttemptLimit;
}

/** The last step of a call by the ticket system, after its body is read: judged, counted and answered. */
export function createCallbackRoute(deps: CallbackRouteDeps): IngressMiddleware {
  const calls = createCounter(deps.registry);
  return async function psaCallback(ctx) {
    const { rawBody, isBodyTooLarge, clientIp, requestId } = ctx.state;
    if (rawBody === undefined) throw new Error('A callback is judged after its body is read.');
    const judged = isBodyTooLarge ? 'too-large' : await judgeCallback(deps, { headers: ctx.req.headers, rawBody });
    const isTooOften = isAttempt(judged) && !deps.attempts.count(`psa-callback ${clientIp}`);
    const result = isTooOften ? 'too-many-attempts' : judged;
    calls.inc({ result });
    const { status, message } = CALLBACK_RESULTS[result];
    if (status >= 400) deps.log.info({ requestId, clientIp, reason: result }, 'A callback was refused');
    ctx.status = status;
    if (status === 429) ctx.set('Retry-After', String(TRY_AGAIN_SECONDS));
    ctx.body = { status: status < 400 ? 'ok' : 'error', message, request_id: requestId };
  };
}

/** Counts what was refused before it could be judged: another method, a body that broke off. */
export function createCountBroken(registry: Registry): IngressMiddleware {
  const calls = createCounter(registry);
  return async function countBroken(_, next) {
    try {
      await next();
    } catch (error) {
      if (error instanceof Refused) calls.inc({ result: 'malformed' });
      throw error;
    }
  };
}

function createCounter(registry: Registry): Counter<'result'> {
  const name = 'hookwise_psa_callbacks_total';
  const known = registry.getSingleMetric(name);
  if (known !== undefined) return known as Counter<'result'>;
  const calls = new Counter({
    name,
    help: 'Calls of the ticket system by how they ended.',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const result of Object.keys(CALLBACK_RESULTS) as CallbackResult[]) calls.inc({ result }, 0);
  return calls;
}
