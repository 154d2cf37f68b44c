import type { Registry } from 'prom-client';
import { chosenConnection, type Config } from '../../infra/config/index.ts';
import { countHints, hintTickets } from '../../infra/database/hint-tickets.ts';
import { inTransaction, type Pool } from '../../infra/database/pool.ts';
import type { Logger } from '../../infra/observability/logger.ts';
import { createAttemptLimit } from '../attempt-limit.ts';
import type { BodyBudget } from '../body-budget.ts';
import { inOrder } from '../in-order.ts';
import { createRawBody } from '../middleware/raw-body.ts';
import type { IngressMiddleware } from '../request-state.ts';
import { createOnlyPost } from '../routes/method-not-allowed.ts';
import { createCallbackRoute, createCountBroken } from './callback-route.ts';
import { createHintWriter } from './hint-writer.ts';
import { createSigningKeys } from './signing-keys.ts';

/** A ticket with all its fields as text inside of text; ConnectWise limits none of them. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const ATTEMPTS = { burst: 200, perSecond: 2, makers: 10_000 };
const KEY_FETCHES = { burst: 30, perSecond: 0.5, makers: 1 };

/** What takes the calls of the configured ConnectWise, in reading order; null where the ticket system makes none. */
export function createPsaCallbacks(deps: {
  config: Config;
  pool: Pool;
  log: Logger;
  registry: Registry;
  bodies: BodyBudget;
  now(): number;
}): IngressMiddleware | null {
  const { config, pool, log, registry } = deps;
  const connection = chosenConnection(config);
  if (connection === 'desk' || config.CW_URL === null || config.CW_COMPANY === null) return null;
  const fetches = createAttemptLimit(KEY_FETCHES, deps.now);
  return inOrder([
    createCountBroken(registry),
    createOnlyPost('POST'),
    createRawBody(BODY_LIMIT_BYTES, deps.bodies),
    createCallbackRoute({
      log,
      registry,
      attempts: createAttemptLimit(ATTEMPTS, deps.now),
      owner: { psaUrl: config.CW_URL, company: config.CW_COMPANY },
      keys: createSigningKeys({ now: deps.now, mayFetch: () => fetches.count('all') }),
      hints: createHintWriter((ticketIds) => keepHints(pool, connection, ticketIds)),
    }),
  ]);
}

async function keepHints(pool: Pool, connection: string, ticketIds: readonly string[]): Promise<ReadonlySet<string>> {
  return inTransaction(pool, async (tx) => {
    await tx.query(`set local statement_timeout = 3000`);
    const hinted = await hintTickets(tx, connection, ticketIds);
    if (hinted.length > 0) await countHints(tx, connection, hinted.length);
    return new Set(hinted.map(({ ticketId }) => ticketId));
  });
}
