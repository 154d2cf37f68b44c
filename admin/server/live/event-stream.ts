import type { Watching } from './watch.ts';

/** A browser that takes nothing for so long is cut. */
export const MOST_SILENT_MS = 60_000;

/** The answer whose body is made only as fast as it is taken: nothing is kept for a slow reader, and one that stopped is cut. */
export function eventStream({ pieces, leave }: Watching, ending: AbortController, mostSilentMs: number): Response {
  const encoder = new TextEncoder();
  let cut: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(cut);
    ending.abort();
    leave();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(cut);
        try {
          const { value, done } = await pieces.next();
          if (done === true) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(value));
          cut = setTimeout(() => {
            end();
            controller.error(new Error('The reader took nothing for too long.'));
          }, mostSilentMs);
          cut.unref();
        } catch {
          end();
          controller.close();
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    },
  });
}
