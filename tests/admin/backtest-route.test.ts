import { afterAll, beforeAll, expect, it } from 'vitest';
import { POST } from '../../admin/app/api/v1/endpoints/[id]/backtest/route.ts';
import { wantsResultOnly } from '../../admin/server/backtest/answer.ts';
import type { BacktestLine } from '../../admin/server/backtest/schemas.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { wholeKumaBody } from '../../infra/bench/kuma-webhook.ts';
import { aBeat } from '../support/dispatch-bench.ts';
import { aBacktestWorld, type BacktestWorld } from './backtest-world.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
let world: BacktestWorld;
beforeAll(async () => {
  world = await aBacktestWorld();
  Object.assign(globalThis, { [HOLDER]: world.context });
}, 60_000);
afterAll(async () => {
  Reflect.deleteProperty(globalThis, HOLDER);
  await world?.close();
});

const make = async (): Promise<string> => (await world.run(createEndpoint, { body: { name: 'Uptime Kuma' } })).id;

function ask(id: string, more: { accept?: string; body?: object; signal?: AbortSignal } = {}): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/endpoints/${id}/backtest`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${world.environment['HOOKWISE_API_KEY']}`,
      'content-type': 'application/json',
      ...(more.accept === undefined ? {} : { accept: more.accept }),
    },
    body: JSON.stringify(more.body ?? {}),
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  });
  return POST(request, { params: Promise.resolve({ id }) });
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BacktestLine);

it('streams lines, or answers the result alone to a caller that accepts JSON only', async () => {
  const id = await make();
  await world.receive(id, [aBeat(0), aBeat(1)]);
  await world.dispatch([id]);
  const streamed = await ask(id);
  expect(streamed.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const lines = linesOf(await streamed.text());
  expect(lines.map(({ kind }) => kind)).toEqual(['progress', 'result']);
  const alone = await ask(id, { accept: 'application/json' });
  expect(alone.headers.get('content-type')).toContain('application/json');
  expect(await alone.json()).toMatchObject({ webhooks: 2, changed: 0, after: { tickets: 1, closes: 1 } });
  expect(wantsResultOnly('application/json, application/x-ndjson')).toBe(false);
  expect(wantsResultOnly('*/*')).toBe(false);
});

it('refuses a bad draft before the first line', async () => {
  const id = await make();
  const answer = await ask(id, { body: { config: { ticketing: { triggerField: '$[' } } } });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ errors: [{ path: expect.stringContaining('ticketing.triggerField') }] });
});

const WEBHOOKS = 10_000;
const LIMIT_MS = 20_000;
const MONITORS = 200;

it('replans 10,000 recorded webhooks within 20 s, and lets others have their turn meanwhile', async () => {
  const id = await make();
  const bodies = Array.from({ length: WEBHOOKS }, (_, n) => {
    const body = wholeKumaBody(`web-${n % MONITORS}`, `connect ECONNREFUSED ${n}`);
    return Buffer.from(Math.floor(n / MONITORS) % 3 === 2 ? body.replace('"status":0', '"status":1') : body);
  });
  await world.receive(id, bodies);
  await world.dispatch([id]);
  const config = {
    ticketing: { routingRules: [{ path: '$.monitor.name', pattern: 'web-1', overrides: { board: 'Web' } }] },
  };
  const turns = watchTurns();
  const answer = await ask(id, { accept: 'application/json', body: { config } });
  const result = (await answer.json()) as { tookMs: number };
  const { longestCpuMs } = turns.end();
  expect(result).toMatchObject({ webhooks: WEBHOOKS, unreadable: 0, waiting: 0, before: { alerts: WEBHOOKS } });
  console.log(
    `10,000 webhooks replanned in ${result.tookMs} ms; longest turn ${Math.round(longestCpuMs)} ms of processor`,
  );
  expect(result.tookMs).toBeLessThan(LIMIT_MS);
  expect(longestCpuMs).toBeLessThan(500);
}, 300_000);

/** The longest time of the processor that this thread spent without letting a timer run. */
function watchTurns(): { end(): { longestCpuMs: number } } {
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(look, 1);
  return {
    end() {
      clearInterval(timer);
      look();
      return { longestCpuMs: longest };
    },
  };
}
