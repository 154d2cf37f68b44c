import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface LoadOptions {
  url: URL;
  headers: Record<string, string>;
  connections: number;
  /** Body of the n-th request. */
  body(n: number): string;
  /** Requests in all; `null` goes on until the time is over. */
  total: number | null;
  seconds: number;
  /** Offered rate; `null` sends the next request as soon as an answer came. */
  perSecond: number | null;
}

export interface LoadResult {
  statuses: Record<string, number>;
  accepted: number;
  seconds: number;
  acceptedPerSecond: number;
  /** Milliseconds. At an offered rate they count from the instant the request was due. */
  p50: number;
  p99: number;
  longest: number;
}

interface Lane {
  socket: Socket;
  busySince: number | null;
  rest: string;
}

const LAST_ANSWERS_MS = 15_000;

/**
 * Posts over keep-alive connections and measures. Written to the socket by hand, because a whole HTTP client would cost more
 * than the server that is measured. Answers must carry a Content-Length.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const head = headOf(options);
  const waits: number[] = [];
  const statuses: Record<string, number> = {};
  let sent = 0;
  let answered = 0;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const began = performance.now();
  const until = began + options.seconds * 1_000;
  const mayStart = () => (options.total === null || sent < options.total) && performance.now() < until;
  const due: number[] = [];

  const start = (lane: Lane, dueAt: number) => {
    const body = options.body(sent);
    sent += 1;
    lane.busySince = dueAt;
    lane.socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const next = (lane: Lane) => {
    if (options.perSecond === null) {
      if (mayStart()) start(lane, performance.now());
      else if (answered === sent) finish();
      return;
    }
    const dueAt = due.shift();
    if (dueAt !== undefined) start(lane, dueAt);
  };
  const answer = (lane: Lane, status: string) => {
    waits.push(performance.now() - (lane.busySince ?? began));
    statuses[status] = (statuses[status] ?? 0) + 1;
    answered += 1;
    lane.busySince = null;
    next(lane);
  };

  const lanes = await Promise.all(Array.from({ length: options.connections }, () => openLane(options.url, answer)));
  if (options.perSecond === null) for (const lane of lanes) next(lane);
  else await offer(options, lanes, due, () => sent, start, until);
  const patience = setTimeout(finish, Math.max(0, until - performance.now()) + LAST_ANSWERS_MS);
  const watch = setInterval(() => answered === sent && due.length === 0 && !mayStart() && finish(), 5);
  await finished;
  clearTimeout(patience);
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1_000;
  for (const { socket } of lanes) socket.destroy();
  const accepted = statuses['202'] ?? 0;
  return {
    statuses,
    accepted,
    seconds,
    acceptedPerSecond: accepted / seconds,
    p50: percentile(waits, 0.5),
    p99: percentile(waits, 0.99),
    longest: percentile(waits, 1),
  };
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Starts requests when they are due; where every lane is busy they queue, and their waiting counts. */
async function offer(
  options: LoadOptions,
  lanes: readonly Lane[],
  due: number[],
  sent: () => number,
  start: (lane: Lane, dueAt: number) => void,
  until: number,
): Promise<void> {
  const rate = options.perSecond ?? 1;
  const began = performance.now();
  for (let offered = 0; performance.now() < until && (options.total === null || offered < options.total);) {
    const wanted = Math.min(
      Math.floor(((performance.now() - began) / 1_000) * rate),
      options.total ?? Number.POSITIVE_INFINITY,
    );
    for (; offered < wanted; offered += 1) {
      const dueAt = began + (offered * 1_000) / rate;
      const lane = lanes[(sent() + due.length) % lanes.length];
      const free = lane?.busySince === null ? lane : lanes.find(({ busySince }) => busySince === null);
      if (free) start(free, dueAt);
      else due.push(dueAt);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function headOf({ url, headers }: LoadOptions): string {
  const lines = Object.entries({
    host: url.host,
    connection: 'keep-alive',
    'content-type': 'application/json',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${url.pathname} HTTP/1.1\r\n${lines.join('')}`;
}

function openLane(url: URL, answer: (lane: Lane, status: string) => void): Promise<Lane> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const lane: Lane = { socket, busySince: null, rest: '' };
    socket.setEncoding('latin1');
    socket.once('connect', () => resolve(lane));
    socket.once('error', reject);
    socket.on('error', () => lane.busySince !== null && answer(lane, 'broken'));
    socket.on('data', (chunk: string) => {
      lane.rest += chunk;
      for (let status = takeAnswer(lane); status !== null; status = takeAnswer(lane)) answer(lane, status);
    });
  });
}

function takeAnswer(lane: Lane): string | null {
  const headEnd = lane.rest.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(lane.rest.slice(0, headEnd))?.[1];
  if (length === undefined) throw new Error(`An answer has no Content-Length:\n${lane.rest.slice(0, headEnd)}`);
  const end = headEnd + 4 + Number(length);
  if (lane.rest.length < end) return null;
  const status = lane.rest.slice(9, 12);
  lane.rest = lane.rest.slice(end);
  return status;
}
