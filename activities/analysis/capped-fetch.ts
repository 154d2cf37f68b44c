import { Agent } from 'undici';

const CONNECT_MS = 5_000;
/** Codes of a connection that stood and was cut. */
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** Far above any answer that fits into a ticket. */
export const MOST_BYTES = 512 * 1024;

/** What kept a request from a whole answer of a bearable size; `reason` decides, `message` is for people. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly reason: 'away' | 'broken' | 'slow' | 'too-long' | 'redirect' | 'cancelled';

  constructor(reason: TransportError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/**
 * A `fetch` for one configured server: no redirect is followed, the whole answer must come within `timeoutMs` and `MOST_BYTES`,
 * and nothing tells the server what this machine is. Throws `TransportError`.
 */
export function createCappedFetch(timeoutMs: number): { fetch: typeof fetch; close(): Promise<void> } {
  const agent = new Agent({
    connections: 4,
    pipelining: 1,
    connect: { timeout: CONNECT_MS },
    headersTimeout: timeoutMs + CONNECT_MS,
    bodyTimeout: timeoutMs + CONNECT_MS,
  });
  const ask = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = [...new Headers(init.headers)].filter(([name]) => !/^(x-stainless-|user-agent$)/i.test(name));
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
    let hasAnswered = false;
    try {
      const answer = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: init.method === 'POST' ? 'POST' : 'GET',
        headers: Object.fromEntries(headers),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        signal,
      });
      hasAnswered = true;
      const body = await readCapped(answer.body, deadline, timeoutMs);
      if (answer.statusCode >= 300 && answer.statusCode < 400)
        throw new TransportError('redirect', `It redirects (${answer.statusCode}).`);
      const type = answer.headers['content-type'];
      return new Response(new Uint8Array(body), {
        status: answer.statusCode < 200 ? 502 : answer.statusCode === 204 ? 200 : answer.statusCode,
        headers: typeof type === 'string' ? { 'content-type': type } : {},
      });
    } catch (error) {
      throw error instanceof TransportError ? error : faultOf(error, { init, deadline, hasAnswered, timeoutMs });
    }
  };
  return { fetch: ask, close: () => agent.close() };
}

async function readCapped(
  stream: AsyncIterable<Uint8Array>,
  deadline: AbortSignal,
  timeoutMs: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new TransportError('too-long', `It answered more than ${MOST_BYTES / 1024} KiB.`);
    if (deadline.aborted) throw tooSlow(timeoutMs);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooSlow(timeoutMs: number): TransportError {
  return new TransportError('slow', `No whole answer came within ${timeoutMs / 1000} s.`);
}

function faultOf(
  error: unknown,
  of: { init: RequestInit; deadline: AbortSignal; hasAnswered: boolean; timeoutMs: number },
): TransportError {
  if (of.init.signal?.aborted) return new TransportError('cancelled', 'The call was called off.', error);
  if (of.deadline.aborted) return tooSlow(of.timeoutMs);
  const { code, message } = error as { code?: string; message?: string };
  if (of.hasAnswered || (code !== undefined && CUT_OFF.has(code)))
    return new TransportError('broken', 'The connection broke before the answer was whole.', error);
  return new TransportError('away', code ?? message ?? String(error), error);
}
