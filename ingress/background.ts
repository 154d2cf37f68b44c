import type { Logger } from '../infra/observability/logger.ts';

export interface Background {
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** Does `work` now and then again, `everyMs` after each end. A fault is logged once until a round succeeds, and ends nothing. */
export function inBackground(what: string, everyMs: number, log: Logger, work: () => Promise<unknown>): Background {
  let isStopped = false;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const begin = () => {
    round = work()
      .then(
        () => void (isFailing = false),
        (error: unknown) => {
          if (!isFailing) log.warn({ err: error, what }, 'Work in the background failed and is tried again');
          isFailing = true;
        },
      )
      .then(() => {
        if (!isStopped) timer = setTimeout(begin, everyMs);
      });
  };
  begin();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
