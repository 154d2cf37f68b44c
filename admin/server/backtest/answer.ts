import type { VerbContext } from '../verb.ts';
import { json } from '../rest.ts';
import type { BacktestLine } from './schemas.ts';

/** Lines as newline-delimited JSON while they come; the result alone for a caller that accepts `application/json` only. */
export async function answerLines(
  context: Pick<VerbContext, 'logger'>,
  request: Request,
  lines: AsyncGenerator<BacktestLine>,
): Promise<Response> {
  request.signal.addEventListener('abort', () => void lines.return(undefined), { once: true });
  return wantsResultOnly(request.headers.get('accept') ?? '') ? json(await resultOf(lines)) : stream(context, lines);
}

/** Whether `application/json` is asked for, and neither a stream nor anything else. */
export function wantsResultOnly(accept: string): boolean {
  return /^\s*application\/json\s*(;[^,]*)?$/i.test(accept);
}

async function resultOf(lines: AsyncGenerator<BacktestLine>): Promise<unknown> {
  for await (const line of lines) if (line.kind === 'result') return line.result;
  return null;
}

function stream({ logger }: Pick<VerbContext, 'logger'>, lines: AsyncGenerator<BacktestLine>): Response {
  const encoder = new TextEncoder();
  const encode = (line: BacktestLine) => encoder.encode(`${JSON.stringify(line)}\n`);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await lines.next();
        if (next.done) controller.close();
        else controller.enqueue(encode(next.value));
      } catch (error) {
        logger.error({ err: error }, 'A backtest failed under way');
        controller.enqueue(encode({ kind: 'problem', detail: 'The backtest could not be ended; the log says why.' }));
        controller.close();
      }
    },
    cancel: () => void lines.return(undefined),
  });
  const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(body, { headers: { ...headers, 'x-accel-buffering': 'no' } });
}
