import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkAnalysis } from '../../admin/server/analysis/check.ts';
import { getAnalysis } from '../../admin/server/analysis/get.ts';
import { getIncident } from '../../admin/server/incidents/get.ts';
import { acknowledgeIncident, analyseIncident, snoozeIncident } from '../../admin/server/incidents/orders.ts';
import { patchSettings } from '../../admin/server/settings/patch.ts';
import { ringIncident } from '../../infra/temporal/ring.ts';
import { eventually } from '../support/eventually.ts';
import { GOOD_ANSWER } from '../support/fake-model.ts';
import { anIncident, type IncidentBench } from '../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const PATIENT_MS = 30_000;
let world: AdminWorld;
let temporal: OwnTemporal;
let stopWorkers: (() => Promise<void>) | null = null;

beforeAll(async () => {
  quietRuntime();
  temporal = await ownTemporal();
  world = await anAdminWorld({
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    LLM_URL: 'http://ann:s3cret@models.example.com/v1/',
  });
});
afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});
afterAll(async () => {
  await world?.close();
  await temporal?.stop();
});

async function anOpenIncident(): Promise<IncidentBench & { id: string }> {
  const incident = await anIncident(world.context.pool, { noteIntervalSeconds: 0 });
  incident.nowMs = Date.now();
  stopWorkers = (await runWorkers(temporal.native, temporal.namespace, incident.deps)).stop;
  await incident.alert('open', 'down');
  await ringIncident(temporal.client, {
    key: incident.key,
    endpointId: incident.key.split(':')[1] ?? '',
    summary: 'Alert: Server',
    company: null,
  });
  await eventually(() => incident.tickets.all.length === 1, PATIENT_MS);
  return Object.assign(incident, { id: String((await incident.row())['id']) });
}

const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('a person’s orders for quiet and analysis', () => {
  it('are carried out, shown with who asked, and audited', async () => {
    const incident = await anOpenIncident();
    const until = inAnHour();
    const local = until.toISOString().replace('Z', '+00:00');
    expect(await world.run(snoozeIncident, { id: incident.id, body: { until: local } }, 'operator')).toMatchObject({
      state: 'done',
    });
    expect(await world.run(getIncident, { id: incident.id }, 'viewer')).toMatchObject({
      snoozedBy: 'API key: test',
      snoozedUntil: until.toISOString(),
      acknowledgedBy: null,
    });
    await world.run(acknowledgeIncident, { id: incident.id, body: {} }, 'operator');
    await world.run(analyseIncident, { id: incident.id, body: {} }, 'operator');
    const shown = await eventually(async () => {
      const detail = await world.run(getIncident, { id: incident.id }, 'viewer');
      return detail.analyses[0]?.state === 'noted' && !detail.isAnalysing ? detail : false;
    }, PATIENT_MS);
    expect(shown).toMatchObject({ acknowledgedBy: 'API key: test', snoozedUntil: null, isAnalysing: false });
    expect(shown.analyses).toMatchObject([
      { reason: 'order', askedBy: 'API key: test', model: 'phi3', promptVersion: '1', text: GOOD_ANSWER, tokens: 700 },
    ]);
    const orders = shown.timeline
      .filter(({ kind }) => kind === 'order')
      .map(({ data }) => `${data['by']} ${data['order']}`);
    expect(orders).toEqual(['snooze', 'acknowledge', 'analyse'].map((kind) => `API key: test ${kind}`));
    const { rows } = await world.context.pool.query(
      'select action, after from audit_entry where entity_id = $1 order by at',
      [incident.id],
    );
    expect(rows).toMatchObject([
      { action: 'snooze', after: { until: until.toISOString() } },
      { action: 'acknowledge' },
      { action: 'analyse' },
    ]);
  });

  it('are refused before anything is kept: by role, and for times that cannot be', async () => {
    const incident = await anOpenIncident();
    const refuse = async (until: unknown) =>
      (await world.refusal(snoozeIncident, { id: incident.id, body: { until } })).faults[0];
    for (const until of [
      undefined,
      'tomorrow',
      '2020-01-01T00:00:00Z',
      '2999-01-01T00:00:00Z',
      '2026-01-01T00:00:00',
      5,
    ])
      expect(await refuse(until)).toMatchObject({ path: 'until', message: expect.any(String) });
    expect((await world.refusal(analyseIncident, { id: incident.id, body: {} }, 'viewer')).code).toBe('forbidden');
    expect((await world.refusal(acknowledgeIncident, { id: incident.id, body: { why: 'x' } })).code).toBe('invalid');
    const { rowCount } = await world.context.pool.query('select from incident_order where incident_id = $1', [
      incident.id,
    ]);
    expect(rowCount).toBe(0);
  });
});

describe('the language model as the console shows it', () => {
  it('is asked by a worker on a person’s word, and its remedy is shown; an address loses its login', async () => {
    expect(await world.run(getAnalysis, {}, 'viewer')).toMatchObject({
      url: 'http://models.example.com/v1',
      model: 'phi3',
      tokensPerDay: null,
    });
    const incident = await anOpenIncident();
    incident.model.health = { state: 'missing', problem: 'No phi3.', remedy: 'Run "ollama pull phi3".' };
    expect(await world.run(checkAnalysis, {}, 'operator')).toMatchObject({
      state: 'missing',
      problem: 'No phi3.',
      remedy: 'Run "ollama pull phi3".',
      checkedAt: expect.stringMatching(/Z$/),
    });
    incident.model.health = { state: 'well', problem: null, remedy: null };
    expect(await world.run(checkAnalysis, {}, 'operator')).toMatchObject({ state: 'well', remedy: null });
    expect((await world.refusal(checkAnalysis, {}, 'viewer')).code).toBe('forbidden');
  });

  it('has a budget a day and a system prompt, both checked at save', async () => {
    const saved = await world.run(patchSettings, {
      body: { analysisTokensPerDay: 5_000, analysisPrompt: 'Be brief.' },
    });
    expect(saved).toMatchObject({ analysisTokensPerDay: 5_000, analysisPrompt: 'Be brief.' });
    expect((await world.run(getAnalysis, {}, 'viewer')).tokensPerDay).toBe(5_000);
    await world.run(patchSettings, { body: { analysisTokensPerDay: null, analysisPrompt: null } });
    expect((await world.run(getAnalysis, {}, 'viewer')).tokensPerDay).toBeNull();
    const refusal = await world.refusal(patchSettings, { body: { analysisTokensPerDay: 0 } });
    expect(refusal.faults[0]?.path).toBe('analysisTokensPerDay');
  });
});
