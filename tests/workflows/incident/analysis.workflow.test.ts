import { writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LanguageModelError } from '../../../activities/analysis/language-model.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { checkModelNow } from '../../../infra/temporal/check-model.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import { ORDER_UPDATES, type OrderAnswer, type OrderKind } from '../../../workflows/contracts/incident.ts';
import { MODEL_CHECK_WORKFLOW_ID } from '../../../workflows/contracts/model-check.ts';
import { eventually } from '../../support/eventually.ts';
import { GOOD_ANSWER } from '../../support/fake-model.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

const PATIENT_MS = 30_000;
let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let stopWorkers: (() => Promise<void>) | null = null;

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
});
afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});
afterAll(async () => {
  await temporal?.stop();
  await pool?.end();
  await database?.drop();
});

async function aRunningIncident(enabled: boolean, ticketing = {}): Promise<IncidentBench> {
  const incident = await anIncident(pool, { noteIntervalSeconds: 0, ...ticketing }, { enabled });
  incident.nowMs = Date.now();
  stopWorkers = (await runWorkers(temporal.native, temporal.namespace, incident.deps)).stop;
  return incident;
}

const ring = (incident: IncidentBench) =>
  ringIncident(temporal.client, {
    key: incident.key,
    endpointId: incident.key.split(':')[1] ?? '',
    summary: 'Alert: Server',
    company: null,
  });
const handle = (incident: IncidentBench) => temporal.client.workflow.getHandle(incident.key);
const tell = async (incident: IncidentBench, kind: 'open' | 'close', message: string) => {
  await incident.alert(kind, message);
  await ring(incident);
};
const order = async (incident: IncidentBench, kind: OrderKind, input: Record<string, string> = {}) => {
  const orderId = await incident.order(kind, input);
  return handle(incident).executeUpdate<OrderAnswer, [{ orderId: string }]>(ORDER_UPDATES[kind], {
    args: [{ orderId }],
  });
};
const notesOf = (incident: IncidentBench, purpose: string) =>
  incident.tickets.all[0]?.notes.filter((note) => note.purpose === purpose) ?? [];
const analysesOf = async (incident: IncidentBench) => {
  const { rows } = await pool.query(
    'select a.state, a.error, a.reason from incident_analysis a join incident i on i.id = a.incident_id where i.key = $1 order by a.asked_at',
    [incident.key],
  );
  return rows as { state: string; error: string | null; reason: string }[];
};

/** Keeps a history for the replay tests when asked to: `KEEP_HISTORIES=1 npx vitest run tests/workflows`. */
async function keepHistory({ key }: { key: string }, name: string): Promise<void> {
  if (process.env['KEEP_HISTORIES'] !== '1') return;
  const history = historyToJSON(await temporal.client.workflow.getHandle(key).fetchHistory());
  const file = new URL(`../../replay/histories/${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(JSON.parse(history))}\n`);
}

describe('an analysis beside the incident', () => {
  it('is written as one internal note by the incident itself; no word of it enters the history', async () => {
    const incident = await aRunningIncident(true);
    await tell(incident, 'open', 'disk full');
    await eventually(() => notesOf(incident, 'analysis').length === 1, PATIENT_MS);
    await eventually(async () => (await analysesOf(incident))[0]?.state === 'noted', PATIENT_MS);
    await tell(incident, 'close', 'up');
    await handle(incident).result();
    expect(incident.model.prompts).toHaveLength(1);
    expect(notesOf(incident, 'analysis')).toHaveLength(1);
    const payloads = JSON.stringify(JSON.parse(historyToJSON(await handle(incident).fetchHistory()))).matchAll(
      /"data":"([A-Za-z0-9+/=]+)"/g,
    );
    const told = [...payloads].map(([, data = '']) => Buffer.from(data, 'base64').toString('utf8')).join('\n');
    expect(told).toContain(incident.key);
    for (const word of [GOOD_ANSWER, 'Likely causes', 'disk full']) expect(told).not.toContain(word);
    await keepHistory(incident, 'analysis-noted');
  });

  it('that never ends holds back neither notes nor the close, and is called off by it', async () => {
    const incident = await aRunningIncident(true);
    incident.model.answers = ['never'];
    await tell(incident, 'open', 'down');
    await eventually(() => incident.model.prompts.length === 1, PATIENT_MS);
    await tell(incident, 'open', 'still down');
    await eventually(() => notesOf(incident, 'update').length === 1, PATIENT_MS);
    await tell(incident, 'close', 'up');
    expect(await handle(incident).result()).toEqual({ end: 'closed', ticketId: '1' });
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
    expect(await analysesOf(incident)).toMatchObject([{ state: 'cancelled' }]);
    await eventually(() => incident.model.calledOff === 1, PATIENT_MS);
    expect(notesOf(incident, 'analysis')).toEqual([]);
    await keepHistory(incident, 'analysis-called-off');
  });

  it('whose model fails is told in the timeline, and is made again on a person’s word', async () => {
    const incident = await aRunningIncident(true);
    incident.model.answers = [new LanguageModelError('away', 'Nobody is there.', 'Run "ollama pull phi3".')];
    await tell(incident, 'open', 'down');
    await eventually(async () => (await analysesOf(incident))[0]?.state === 'failed', PATIENT_MS);
    expect(await order(incident, 'analyse')).toMatchObject({ state: 'done' });
    await eventually(() => notesOf(incident, 'analysis').length === 1, PATIENT_MS);
    await eventually(async () => (await analysesOf(incident))[1]?.state === 'noted', PATIENT_MS);
    await tell(incident, 'close', 'up');
    await handle(incident).result();
    expect((await analysesOf(incident)).map(({ reason, state }) => `${reason} ${state}`)).toEqual([
      'opened failed',
      'order noted',
    ]);
    await keepHistory(incident, 'analysis-failed-then-asked');
  });

  it('goes on after the workflow was terminated in the middle of it', async () => {
    const incident = await aRunningIncident(true);
    incident.model.answers = ['never'];
    await tell(incident, 'open', 'down');
    await eventually(() => incident.model.prompts.length === 1, PATIENT_MS);
    await handle(incident).terminate('by hand');
    await ring(incident);
    await eventually(() => notesOf(incident, 'analysis').length === 1, PATIENT_MS);
    await tell(incident, 'close', 'up');
    await handle(incident).result();
    expect(notesOf(incident, 'analysis')).toHaveLength(1);
  });
});

describe('the check of the model', () => {
  it('is made by a worker and kept for the console, a model believed well included', async () => {
    const incident = await aRunningIncident(false);
    const keptState = async () => (await pool.query(`select state from model_health where name = 'analysis'`)).rows;
    for (const state of ['well', 'away', 'well'] as const) {
      incident.model.health = { state, problem: null, remedy: null };
      await checkModelNow(temporal.client, new Date(Date.now() + PATIENT_MS));
      expect(await keptState()).toEqual([{ state }]);
    }
    await keepHistory({ key: MODEL_CHECK_WORKFLOW_ID }, 'model-check');
  });
});

describe('a person’s quiet on a running incident', () => {
  it('is asked by updates: snoozed, then acknowledged, and all that came is told at the close', async () => {
    const incident = await aRunningIncident(false);
    await tell(incident, 'open', 'down');
    await eventually(() => incident.tickets.all.length === 1, PATIENT_MS);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await order(incident, 'snooze', { until })).toMatchObject({
      state: 'done',
      answer: `No further notes until ${until}.`,
    });
    await tell(incident, 'open', 'again');
    await eventually(async () => (await incident.alerts()).every(({ settled }) => settled), PATIENT_MS);
    expect(await order(incident, 'acknowledge')).toMatchObject({ state: 'done' });
    expect(await order(incident, 'acknowledge')).toMatchObject({ state: 'refused' });
    expect(notesOf(incident, 'update')).toEqual([]);
    await tell(incident, 'close', 'up');
    await handle(incident).result();
    expect(notesOf(incident, 'update')).toMatchObject([
      { body: expect.stringMatching(/^Acknowledged by ann[\s\S]*again/) },
    ]);
    await keepHistory(incident, 'quiet');
  });

  it('ends by its own timer when it was snoozed, with one note of what came', async () => {
    const incident = await aRunningIncident(false);
    await tell(incident, 'open', 'down');
    await eventually(() => incident.tickets.all.length === 1, PATIENT_MS);
    const until = new Date(Date.now() + 12_000).toISOString();
    expect(await order(incident, 'snooze', { until })).toMatchObject({ state: 'done' });
    await tell(incident, 'open', 'again');
    await eventually(() => notesOf(incident, 'update').length === 1, PATIENT_MS);
    expect(notesOf(incident, 'update')[0]?.body).toMatch(/^Snoozed by ann until/);
    await keepHistory(incident, 'snooze-over');
    await handle(incident).terminate();
  });
});
