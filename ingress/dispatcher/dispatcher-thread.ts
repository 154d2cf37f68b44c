import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { chosenConnection, needed, readConfig } from '../../infra/config/index.ts';
import { createCipher, parseEncryptionKey } from '../../infra/crypto/cipher.ts';
import { createLiveNotifier } from '../../infra/database/live-feed-notifier.ts';
import { createMaskingWords } from '../../infra/database/masking-words.ts';
import { createPool } from '../../infra/database/pool.ts';
import { createLogger } from '../../infra/observability/logger.ts';
import { createTemporalClient } from '../../infra/temporal/client.ts';
import { createBellStore, OVERDUE_MS, RING_AGAIN_MS } from './bell-store.ts';
import { createConfigCache } from './config-cache.ts';
import { createDispatchMetrics } from './dispatch-metrics.ts';
import { afterCommit, LOOK_EVERY_MS, startDispatcher, type Dispatcher } from './dispatcher.ts';
import { planSuspects, type Inheritance } from './plan-suspects.ts';
import { createPlanningMark } from './planning-mark.ts';
import { createRinger, RING_DEADLINE_MS } from './ring.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

const POOL_SIZE = 6;
/** Steps of niceness; each is a quarter less of a processor that both want. */
const GIVE_WAY = 4;

/** Planning gives way to accepting where processors are short: what is accepted is kept, what is not is the sender's to send again. */
function giveWay(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), getPriority() + GIVE_WAY);
  } catch {
    // Only Linux weighs threads one by one; elsewhere both weigh the same.
  }
}

/** The dispatcher's thread: everything of its own, told by messages when rows were committed, when to report and when to end. */
function main(port: NonNullable<typeof parentPort>, inherited: Inheritance): void {
  giveWay();
  const config = readConfig();
  const words = createMaskingWords();
  const logger = createLogger('dispatcher', config.LOG_LEVEL, { maskingWords: words.current });
  const pool = createPool(needed(config, 'DATABASE_URL'), { name: 'dispatcher', max: POOL_SIZE });
  const following = words.follow(pool);
  const temporal = createTemporalClient(config);
  const metrics = createDispatchMetrics();
  const ringer = createRinger({
    client: temporal.client,
    store: createBellStore(pool, { againMs: RING_AGAIN_MS, overdueMs: OVERDUE_MS }),
    logger,
    metrics,
    deadlineMs: RING_DEADLINE_MS,
  });
  const live = createLiveNotifier({ url: needed(config, 'DATABASE_URL'), name: 'dispatcher', logger });
  const mark = createPlanningMark(inherited.mark);
  const deps = {
    plan: {
      pool,
      cipher: createCipher(
        parseEncryptionKey(needed(config, 'ENCRYPTION_KEY')),
        config.ENCRYPTION_KEYS_OLD.map(parseEncryptionKey),
      ),
      cache: createConfigCache(),
      environment: { ticketPrefix: config.CW_TICKET_PREFIX, defaultCompanyId: config.CW_DEFAULT_COMPANY_ID },
      connection: chosenConnection(config),
    },
    ringer,
    metrics,
    logger,
    lookEveryMs: LOOK_EVERY_MS,
    mark,
    changed: () => live.changed('webhook'),
  };
  let dispatcher: Dispatcher | null = null;
  const starting = planSuspects(deps, inherited, mark, (result) => afterCommit(deps, result, 0)).then(() => {
    dispatcher = startDispatcher(deps);
    return dispatcher;
  });
  const answer = (message: FromThread): void => port.postMessage(message);
  const stop = async (): Promise<void> => {
    await (await starting).stop();
    following.stop();
    await live.stop();
    await temporal.close();
    await pool.end();
    answer({ kind: 'stopped' });
    port.close();
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'accepted') dispatcher?.wake(message.shards);
    else if (message.kind === 'metrics')
      void metrics.registry.metrics().then((text) => answer({ kind: 'metrics', id: message.id, text }));
    else void stop();
  });
  answer({ kind: 'ready' });
}

if (parentPort === null)
  throw new Error('The dispatcher runs as a thread of ingress/main.ts; ROLES=dispatcher runs it without the ingress.');
main(parentPort, workerData as Inheritance);
