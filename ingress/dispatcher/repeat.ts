import type { Logger } from '../../infra/observability/logger.ts';

export interface Repetition {
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** Does `work` now and then again `everyMs` after each end. A fault is logged once until a round succeeds, and never ends it. */
export function repeat(what: string, everyMs: number, logger: Logger, work: () => Promise<unknown>): Repetition {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let isFailing = false;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = work().then(
      () => void (isFailing = false),
      (error: unknown) => {
        if (!isFailing && !isStopped) logger.warn({ err: error, what }, 'A round of the dispatcher failed; it is tried again');
        isFailing = true;
      },
    ).then(() => {
      if (!isStopped) timer = setTimeout(next, everyMs);
    });
  };
  next();
  return {
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await round;
    },
  };
}
