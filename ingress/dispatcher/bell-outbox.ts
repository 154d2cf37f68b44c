import { raiseKept } from '../../infra/database/bell-outbox.ts';
import type { Pool } from '../../infra/database/pool.ts';
import type { Logger } from '../../infra/observability/logger.ts';
import { inBackground, type Background } from '../background.ts';
import type { Ringer } from './ring.ts';

/** About as long as a step holds its incident. */
const RAISE_AFTER_MS = 25;
/** How often the outbox is looked at for what a dispatcher that died has left. */
const LOOK_EVERY_MS = 1_000;

/** Raises and rings what the outbox keeps. */
export interface BellOutbox extends Background {
  /** Something was just kept. */
  raiseSoon(): void;
}

/** Empties the outbox of bells each second, and soon after something was kept until nothing is. */
export function startBellOutbox(pool: Pool, ringer: Pick<Ringer, 'ring'>, logger: Logger): BellOutbox {
  let soon: NodeJS.Timeout | null = null;
  let isStopped = false;
  let raising: Promise<void> = Promise.resolve();

  const raise = async (): Promise<void> => {
    const { raised, hasMore } = await raiseKept(pool);
    ringer.ring(raised);
    if (hasMore) raiseSoon();
  };
  const raiseSoon = (): void => {
    if (isStopped) return;
    soon ??= setTimeout(() => {
      soon = null;
      raising = raise().catch(() => undefined);
    }, RAISE_AFTER_MS);
  };
  const sweeping = inBackground('raise the bells in the outbox', LOOK_EVERY_MS, logger, raise);

  return {
    raiseSoon,
    async stop() {
      isStopped = true;
      if (soon) clearTimeout(soon);
      await sweeping.stop();
      await raising;
    },
  };
}
