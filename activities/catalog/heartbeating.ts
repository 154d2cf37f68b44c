import { Context } from '@temporalio/activity';

const EVERY_MS = 5_000;

/** Runs `work` with the activity's cancellation signal, telling Temporal every few seconds that it still runs. */
export async function heartbeating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), EVERY_MS);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(timer);
  }
}
