import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeEndpoint } from '../../infra/bench/rest-client.ts';
import { uptimeKumaBody } from '../../infra/recipes/uptime-kuma.ts';
import { eventually } from '../support/eventually.ts';
import { listeningSockets } from '../support/listening-sockets.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';

interface Shown {
  status: string;
  action: string;
  ticketId: string | null;
  body: { monitor: { name: string } };
}
interface Ticket {
  id: string;
  summary: string;
  closed: boolean;
  description: string;
  notes: { body: string; purpose: string }[];
}

const MONITOR = 'Web shop of the first ticket';
const SETTLE_MS = 20_000;

let stack: RunningStack;
let example: MadeEndpoint;

let firstStartMs: number;

beforeAll(async () => {
  const began = Date.now();
  stack = await startRunningStack();
  firstStartMs = Date.now() - began;
  example = JSON.parse(readFileSync(join(stack.stack.dataDir, 'example-endpoint.json'), 'utf8')) as typeof example;
}, 300_000);
afterAll(() => stack.clean());

async function post(status: 0 | 1, message: string): Promise<string> {
  const response = await fetch(new URL(new URL(example.url).pathname, stack.ingressOrigin), {
    method: 'POST',
    headers: { Authorization: `Bearer ${example.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(uptimeKumaBody({ monitor: MONITOR, status, at: new Date(), message })),
  });
  expect(response.status).toBe(202);
  const { request_id, status: word } = (await response.json()) as { request_id: string; status: string };
  expect(word).toBe('queued');
  return request_id;
}

async function processed(requestId: string): Promise<Shown> {
  const atOnce = await stack.rest.get<Shown>(`/history/${requestId}`);
  expect(atOnce.body.monitor.name).toBe(MONITOR);
  return eventually(async () => {
    const shown = await stack.rest.get<Shown>(`/history/${requestId}`);
    expect(shown.status).toBe('processed');
    return shown;
  }, SETTLE_MS);
}

const ticketsNow = async () =>
  (await stack.rest.get<{ items: Ticket[] }>('/tickets')).items.filter(({ summary }) => summary.includes(MONITOR));
const ticket = (id: string) => stack.rest.get<Ticket>(`/tickets/${id}`);

describe('the main job, on the desk', () => {
  let id = '';

  test('a monitor that goes down becomes one ticket', async () => {
    await stack.rest.patch(`/endpoints/${example.id}`, { ticketing: { noteIntervalSeconds: 0 } });
    const shown = await processed(await post(0, 'connect ECONNREFUSED'));
    expect(shown.action).toBe('create');
    id = shown.ticketId ?? '';
    expect((await ticketsNow()).map((one) => one.id)).toEqual([id]);
    const made = await ticket(id);
    expect(made.closed).toBe(false);
    expect(made.description).toContain('connect ECONNREFUSED');
  });

  test('its repeat becomes a note on the same ticket', async () => {
    const shown = await processed(await post(0, 'timeout of 48000ms exceeded'));
    expect(shown).toMatchObject({ action: 'update', ticketId: id });
    const { notes } = await ticket(id);
    expect(
      notes.filter(({ body, purpose }) => purpose === 'update' && body.includes('timeout of 48000ms exceeded')).length,
    ).toBe(1);
  });

  test('every port lists only series that it can raise', async () => {
    const ingress = await samplesAt(`${stack.ingressOrigin}/metrics`);
    expect(ingress.get('hookwise_webhooks_received_total')).toBeGreaterThanOrEqual(2);
    expect(ingress.get('hookwise_webhooks_total')).toBeGreaterThanOrEqual(2);
    expect(ingress.get('hookwise_dispatch_lag_seconds_count')).toBeGreaterThanOrEqual(2);
    for (const name of ['hookwise_inbox_depth', 'hookwise_inbox_age_seconds']) expect(ingress.get(name), name).toBe(0);
    const worker = await samplesAt(`http://127.0.0.1:${stack.stack.environment['WORKER_METRICS_PORT']}/metrics`);
    expect(worker.get('hookwise_psa_tasks_total')).toBeGreaterThanOrEqual(2);
    expect(worker.get('hookwise_psa_task_seconds_count')).toBeGreaterThanOrEqual(2);
    expect([...worker.keys()].some((name) => name.startsWith('temporal_'))).toBe(true);
    const foreign = (names: Iterable<string>, pattern: RegExp) => [...names].filter((name) => pattern.test(name));
    expect(foreign(ingress.keys(), /^hookwise_psa_|^temporal_/)).toEqual([]);
    expect(foreign(worker.keys(), /^hookwise_(webhooks|inbox|dispatch|accept|refusals|bells)/)).toEqual([]);
  });

  test('its recovery closes the ticket, with one resolution note', async () => {
    const shown = await processed(await post(1, '200 - OK'));
    expect(shown).toMatchObject({ action: 'close', ticketId: id });
    const closed = await ticket(id);
    expect(closed.closed).toBe(true);
    expect(closed.notes.filter(({ purpose }) => purpose === 'resolution').length).toBe(1);
    expect((await ticketsNow()).length).toBe(1);
  });

  test('Temporal shows the incident as a workflow that ended well and holds nothing of the webhook', async () => {
    const connection = await Connection.connect({ address: `127.0.0.1:${stack.stack.environment['TEMPORAL_PORT']}` });
    try {
      const { workflow } = new Client({ connection });
      const ended = await eventually(async () => {
        const runs: WorkflowExecutionInfo[] = [];
        for await (const run of workflow.list({ query: `WorkflowType = 'incidentWorkflow'` })) runs.push(run);
        expect(runs.map(({ status }) => status.name)).toEqual(['COMPLETED']);
        return runs;
      }, SETTLE_MS);
      const [run] = ended;
      const history = JSON.stringify(
        await workflow.getHandle(run?.workflowId ?? '', run?.runId).fetchHistory(),
        (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value),
      );
      expect(history).toContain('bell');
      expect(history).not.toContain('48000ms');
      const ui = await fetch(`http://127.0.0.1:${stack.stack.environment['TEMPORAL_UI_PORT']}/`);
      expect(ui.status).toBe(200);
    } finally {
      await connection.close();
    }
  });

  test('Postgres, Temporal and its UI listen on loopback only', () => {
    const sockets = listeningSockets([stack.pidOf('postgres'), stack.pidOf('temporal')]);
    for (const name of ['PG_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT'])
      expect(sockets).toContain(`127.0.0.1:${stack.stack.environment[name]}`);
    expect(sockets.filter((socket) => !/^(127\.0\.0\.1|::1):/.test(socket))).toEqual([]);
  });

  test(
    'stops within 15 s without leaving a process, and a second start is ready within 15 s, or a quarter over the first on a busy machine, with everything kept',
    { timeout: 180_000 },
    async () => {
      await stack.stop();
      const { dataDir, environment } = stack.stack;
      const began = Date.now();
      stack = await startRunningStack({ dataDir, environment });
      // Where other tests keep the processors busy, the first start shows how long one takes.
      expect(Date.now() - began).toBeLessThan(Math.max(15_000, 1.25 * firstStartMs));
      expect(await ticket(id)).toMatchObject({ closed: true });
      const shown = await processed(await post(0, 'down once more'));
      expect(shown.action).toBe('create');
      expect(shown.ticketId).not.toBe(id);
    },
  );
});

/** Samples by name, values of all labels added up. */
async function samplesAt(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text();
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const found = /^([a-z_:][\w:]*)(?:\{.*\})? (\S+)/i.exec(line);
    if (found?.[1]) samples.set(found[1], (samples.get(found[1]) ?? 0) + Number(found[2]));
  }
  const named = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? '');
  expect(named.filter((name) => ![...samples.keys()].some((sample) => sample.startsWith(name)))).toEqual([]);
  return samples;
}
