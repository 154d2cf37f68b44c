import { CHECKOUT } from '../stack/checkout.ts';
import { spawnGroup } from '../stack/process-group.ts';
import { untilQuiet, type BenchStack } from './bench-stack.ts';
import { runLoad, type LoadResult } from './http-load.ts';
import { loadTarget, wholeKumaBody } from './kuma-webhook.ts';
import { measured, median, type Measured } from './measured.ts';
import { processorSeconds } from './process-cost.ts';

const CONNECTIONS = 100;
const ROUNDS = 3;
const SECONDS = 5;
const OFFERED = 1_500;

/** Accepting against a bare Koa in turns: saturated, and at an offered rate. Ticketing is off; the dispatcher plans all of it. */
export async function measureAccept(stack: BenchStack, say: (line: string) => void): Promise<Measured[]> {
  const endpoint = await stack.rest.post<{ id: string; url: string; token: string }>('/endpoints', {
    name: 'Bench accept',
    ticketing: { enabled: false },
  });
  const bare = await startBareKoa();
  try {
    const targets = {
      bare: { url: new URL(`http://127.0.0.1:${bare.port}/webhook/x`), headers: { authorization: 'Bearer x' } },
      ours: loadTarget(stack.ingressOrigin, endpoint),
    };
    const bodies = Array.from({ length: 50 }, (_, at) =>
      wholeKumaBody(`bench ${at}`, 'connect ECONNREFUSED 10.0.0.5:443'),
    );
    const pids = { bare: [bare.pid], ours: [stack.pidOf('ingress'), stack.pidOf('postgres')] };
    const costs: Record<'bare' | 'ours', number[][]> = { bare: [], ours: [] };
    const run = async (name: 'bare' | 'ours', perSecond: number | null, seconds: number): Promise<LoadResult> => {
      const before = pids[name].map(processorSeconds);
      const result = await runLoad({
        ...targets[name],
        connections: CONNECTIONS,
        total: null,
        seconds,
        perSecond,
        body: (n) => bodies[n % bodies.length] ?? '',
      });
      costs[name].push(
        pids[name].map((pid, at) => ((processorSeconds(pid) - (before[at] ?? 0)) * 1e6) / result.accepted),
      );
      const backlogMs = name === 'ours' ? await untilQuiet(stack, 300_000) : 0;
      say(
        `${name} ${perSecond ?? 'saturated'}: ${Math.round(result.acceptedPerSecond)}/s, p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ${JSON.stringify(result.statuses)}, planned ${(backlogMs / 1_000).toFixed(1)} s later`,
      );
      return result;
    };
    await run('bare', null, 2);
    await run('ours', null, 2);
    const rounds: { bare: LoadResult; ours: LoadResult }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({ bare: await run('bare', null, SECONDS), ours: await run('ours', null, SECONDS) });
    const offered = { bare: await run('bare', OFFERED, 8), ours: await run('ours', OFFERED, 8) };
    const of = (name: 'bare' | 'ours', value: (result: LoadResult) => number) =>
      median(rounds.map((round) => value(round[name])));
    const rate = of('ours', ({ acceptedPerSecond }) => acceptedPerSecond);
    const cost = (name: 'bare' | 'ours', at: number) => median(costs[name].map((one) => one[at] ?? Number.NaN));
    return [
      measured('bare Koa, processor time a request', cost('bare', 0), 'µs'),
      measured(
        'ingress with dispatcher, processor time a webhook',
        cost('ours', 0),
        'µs',
        undefined,
        'while accepting; planning that comes after is left out',
      ),
      measured('Postgres, processor time a webhook', cost('ours', 1), 'µs'),
      measured(
        'bare Koa, saturated',
        of('bare', ({ acceptedPerSecond }) => acceptedPerSecond),
        '/s',
        undefined,
        `p50 ${of('bare', ({ p50 }) => p50).toFixed(1)} ms, p99 ${of('bare', ({ p99 }) => p99).toFixed(1)} ms`,
      ),
      measured(
        'accepted and committed, saturated',
        rate,
        '/s',
        { atLeast: 3_000 },
        `p50 ${of('ours', ({ p50 }) => p50).toFixed(1)} ms, p99 ${of('ours', ({ p99 }) => p99).toFixed(1)} ms`,
      ),
      measured(
        'share of the bare Koa, median of the rounds',
        median(rounds.map(({ bare: one, ours }) => ours.acceptedPerSecond / one.acceptedPerSecond)),
        '',
        { atLeast: 0.5 },
      ),
      measured(`bare Koa, p99 at an offered ${OFFERED}/s`, offered.bare.p99, 'ms'),
      measured(
        `accepted, p99 at an offered ${OFFERED}/s`,
        offered.ours.p99,
        'ms',
        { atMost: 50 },
        `p50 ${offered.ours.p50.toFixed(1)} ms, ${JSON.stringify(offered.ours.statuses)}`,
      ),
    ];
  } finally {
    await bare.stop();
  }
}

async function startBareKoa(): Promise<{ port: number; pid: number; stop(): Promise<void> }> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const group = await spawnGroup({
    name: 'bare-koa',
    command: globalThis.process.execPath,
    args: ['--max-old-space-size=160', 'infra/bench/bare-koa.ts'],
    cwd: CHECKOUT,
    env: { NODE_ENV: 'production' },
    onLine: (line) => resolve(Number(/listening on (\d+)/.exec(line)?.[1] ?? 0)),
  });
  return { port: await promise, pid: group.pid, stop: () => group.end([{ signal: 'SIGTERM', graceMs: 1_000 }]) };
}
