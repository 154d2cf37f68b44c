import type { VerbContext } from '../verb.ts';

/** Answers the pieces as they come. Whoever goes away ends the work; what fails under way is logged and told by `problem`. */
export function answerStream(
  { logger }: Pick<VerbContext, 'logger'>,
  request: Request,
  pieces: AsyncGenerator<string>,
  { headers, problem }: { headers: Record<string, string>; problem: string },
): Response {
  const encoder = new TextEncoder();
  request.signal.addEventListener('abort', () => void pieces.return(undefined), { once: true });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        logger.error({ err: error }, 'A streamed answer failed under way');
        controller.enqueue(encoder.encode(problem));
        controller.close();
      }
    },
    cancel: () => void pieces.return(undefined),
  });
  return new Response(body, { headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no', ...headers } });
}

/** Values as newline-delimited JSON. */
export async function* jsonLines(values: AsyncGenerator<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}
