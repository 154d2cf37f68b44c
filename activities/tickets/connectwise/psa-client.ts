import { setImmediate } from 'node:timers/promises';
import { DecoratorHandler, Pool, type Dispatcher } from 'undici';
import type { CallBudget } from '../call-budget.ts';
import { TicketSystemError } from '../ticket-system.ts';
import { faultOfAnswer, unreadable, type Asked, type PsaAnswer } from './answer-fault.ts';
import { maskSecrets } from './answer-text.ts';

const ACCEPT = 'application/vnd.connectwise.com+json; version=2022.1';
const MOST_CONNECTIONS = 32;
const CONNECT_MS = 5_000;
const MOST_BYTES = 16 * 1024 * 1024;

export interface PsaCall extends Asked {
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  signal: AbortSignal | undefined;
}

/** Calls of the API: one request each, no retry, no redirect. Throws `TicketSystemError` for all but a whole JSON 2xx. */
export interface PsaClient {
  call(call: PsaCall): Promise<{ json: unknown; headers: PsaAnswer['headers']; status: number }>;
  close(): Promise<void>;
}

export interface PsaClientOptions {
  origin: string;
  basePath: string;
  company: string;
  publicKey: string;
  privateKey: string;
  clientId: string;
  timeoutMs: number;
  budget: CallBudget;
}

export function createPsaClient(options: PsaClientOptions): PsaClient {
  const login = Buffer.from(`${options.company}+${options.publicKey}:${options.privateKey}`).toString('base64');
  const secrets = [login, options.privateKey, options.publicKey, options.clientId];
  const headers = { authorization: `Basic ${login}`, clientid: options.clientId, accept: ACCEPT };
  const pool = new Pool(options.origin, {
    connections: MOST_CONNECTIONS,
    pipelining: 1,
    connect: { timeout: CONNECT_MS },
    headersTimeout: options.timeoutMs + CONNECT_MS,
    bodyTimeout: options.timeoutMs + CONNECT_MS,
  });
  const dispatcher = pool.compose(noteSending);

  const ask = async (call: PsaCall, sending: Sending): Promise<PsaAnswer> => {
    const query =
      call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString().replaceAll('+', '%20')}`;
    const deadline = AbortSignal.timeout(options.timeoutMs);
    const {
      statusCode,
      headers: given,
      body,
    } = await dispatcher.request({
      method: call.method,
      path: `${options.basePath}${call.path}${query}`,
      headers: call.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: call.signal === undefined ? deadline : AbortSignal.any([deadline, call.signal]),
      opaque: sending,
    });
    return { status: statusCode, headers: given, ...(await readBody(body)) };
  };

  return {
    async call(call) {
      if (call.signal?.aborted)
        throw new TicketSystemError('unavailable', 'The call to ConnectWise was called off.', { effect: 'none' });
      await options.budget.take(call.signal);
      // A close of an idle connection that has already arrived is noticed before a write could be sent into it.
      if (call.method !== 'GET') await setImmediate();
      const sending: Sending = { hasBegun: false };
      const answer = await ask(call, sending).catch((error: unknown) => {
        throw noAnswer(call, sending, error, options.timeoutMs, secrets);
      });
      const fault = faultOfAnswer(call, answer, secrets);
      if (fault?.code === 'throttled' && fault.retryAfterMs !== null) await options.budget.pause(fault.retryAfterMs);
      if (fault) throw fault;
      return { json: parsed(call, answer), headers: answer.headers, status: answer.status };
    },
    close: () => pool.close(),
  };
}

interface Sending {
  hasBegun: boolean;
}

/** Marks the moment from which bytes of a request may have left: before it, no failure can have had an effect. */
const noteSending: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, new SendingHandler(handler, (options as { opaque?: Sending }).opaque));

class SendingHandler extends DecoratorHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #sending: Sending | undefined;

  constructor(handler: Dispatcher.DispatchHandler, sending: Sending | undefined) {
    super(handler);
    this.#handler = handler;
    this.#sending = sending;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    if (this.#sending) this.#sending.hasBegun = true;
    this.#handler.onRequestStart?.(controller, context);
  }
}

async function readBody(stream: AsyncIterable<Uint8Array>): Promise<{ body: string; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isWhole = true;
  try {
    for await (const chunk of stream) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) {
        isWhole = false;
        break;
      }
      chunks.push(chunk);
    }
  } catch {
    isWhole = false;
  }
  return { body: Buffer.concat(chunks).toString('utf8'), isWhole };
}

function parsed(call: PsaCall, answer: PsaAnswer): unknown {
  if (call.method === 'DELETE') return null;
  try {
    return JSON.parse(answer.body) as unknown;
  } catch {
    throw unreadable(call, answer.status, answer.body.trim() === '' ? 'it is empty' : 'it is not JSON');
  }
}

function noAnswer(
  call: PsaCall,
  sending: Sending,
  error: unknown,
  timeoutMs: number,
  secrets: readonly string[],
): TicketSystemError {
  const isUnknown = sending.hasBegun && call.method !== 'GET';
  const why = reasonOf(error, call.signal, timeoutMs);
  const what = sending.hasBegun ? `gave no answer to ${call.method} ${call.path}` : 'cannot be reached';
  const message = maskSecrets(`ConnectWise ${what}: ${why}.`, secrets);
  return new TicketSystemError(isUnknown ? 'outcome-unknown' : 'unavailable', message, {
    effect: isUnknown ? 'unknown' : 'none',
    cause: error,
  });
}

function reasonOf(error: unknown, signal: AbortSignal | undefined, timeoutMs: number): string {
  if (signal?.aborted) return 'the call was called off';
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError') return `nothing came within ${timeoutMs / 1000} s`;
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') return 'the connection was closed';
  return (message ?? String(error)).replace(/\.+$/, '') || code || 'the connection failed';
}
