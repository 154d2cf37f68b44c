import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { analyseIncident } from '../../activities/analysis/analyse-incident.ts';
import { writeAnalysis } from '../../activities/analysis/write-analysis.ts';
import { abandonIncident } from '../../activities/tickets/abandon-incident.ts';
import { carryOutOrder } from '../../activities/tickets/carry-out-order.ts';
import { checkTicket, convergeTickets } from '../../activities/tickets/check-ticket.ts';
import { closeTicket } from '../../activities/tickets/close-ticket.ts';
import { openTicket } from '../../activities/tickets/open-ticket.ts';
import { writeNotes } from '../../activities/tickets/write-notes.ts';
import type { Step } from '../../activities/journal/own-incident.ts';
import { takeAlerts } from '../../activities/journal/take.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createCipher } from '../../infra/crypto/cipher.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { createLogger } from '../../infra/observability/logger.ts';
import type { IncidentSnapshot, OrderKind, StepInput } from '../../workflows/contracts/incident.ts';
import type { AlertKind } from '../../workflows/contracts/plan.ts';
import { nextStep } from '../../workflows/domain/incident-step.ts';
import { createFakeModel, type FakeModel } from './fake-model.ts';
import { Crash, createFakeTickets, type FakeTickets } from './fake-tickets.ts';
import { aConfig } from './builders.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';

const STEPS = {
  openTicket,
  writeNotes,
  closeTicket,
  checkTicket,
  convergeTickets,
  writeAnalysis: (step: Step) => writeAnalysis(step, { isLost: false }),
} as const;

/** One incident on a real Postgres, driven by the story's own decisions without Temporal: its clock is the test's. */
export interface IncidentBench {
  pool: Pool;
  tickets: FakeTickets;
  model: FakeModel;
  deps: ActivityDeps;
  nowMs: number;
  key: string;
  /** A webhook has been planned to one alert of this incident. */
  alert(kind: AlertKind, message?: string): Promise<string>;
  order(kind: OrderKind, input?: Record<string, string>): Promise<string>;
  /** Lives until nothing is to do or only time helps; `Crash` ends it as a dead worker would. `signal` calls off what the model is asked. */
  live(
    signal?: AbortSignal,
  ): Promise<{ snapshot: IncidentSnapshot | null; crashed: boolean; ended: boolean; waitsUntil: number | null }>;
  /** Lives on through crashes and waits, at most `hours` of its clock, opening the gate when it is shut. */
  settle(hours?: number): Promise<void>;
  alerts(): Promise<
    {
      kind: AlertKind;
      state: string;
      settled: boolean;
      action: string;
      ticket: string | null;
      error: string | null;
      message: string;
    }[]
  >;
  row(): Promise<Record<string, unknown>>;
  cancel(): Promise<void>;
}

let seq = 1;

export async function anIncident(
  pool: Pool,
  changes: Partial<EndpointConfig['ticketing']> = {},
  analysis: Partial<EndpointConfig['analysis']> = {},
): Promise<IncidentBench> {
  const config = aConfig({ ticketing: changes, analysis: { enabled: false, instructions: '', ...analysis } });
  const endpointId = randomUUID();
  const incidentId = randomUUID();
  const key = `incident:${endpointId}:${incidentId.slice(0, 8)}`;
  await pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher) values ($1, 'Test', $2, 0, $3, '', '')`,
    [endpointId, config, Buffer.from(endpointId)],
  );
  const connection = `fake-${endpointId}`;
  await pool.query(`insert into connection (name, kind) values ($1, 'desk')`, [connection]);
  await pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest) values ($1, $2, $3, 0, $4, 'Server', 'Alert: Server', 'd')`,
    [incidentId, key, endpointId, connection],
  );
  let newestChain = randomUUID();
  const bench: IncidentBench = {
    pool,
    nowMs: Date.parse('2026-01-05T10:00:00Z'),
    key,
    tickets: createFakeTickets(() => bench.nowMs),
    model: createFakeModel(),
    deps: {
      pool,
      cipher: createCipher(Buffer.alloc(32, 7)),
      logger: createLogger('test', 'error'),
      get tickets() {
        return bench.tickets;
      },
      get model() {
        return bench.model;
      },
      connection,
      bells: { ringGate: async () => undefined, ringIncidents: async () => undefined },
      heartbeats: { ring: async () => undefined, running: async () => new Set() },
      running: async () => new Set(),
      settings: {
        installation: 'test',
        lagBudgetMs: 120_000,
        retentionDays: 30,
        modelFreshMs: 300_000,
        heartbeats: { leadMs: 0, ringsPerSecond: Infinity },
        callsPerSecond: null,
        defaults: { defaultBoard: 'Service Board', defaultCompanyId: null },
      },
    },
    async alert(kind, message = `${kind} ${seq}`) {
      const id = uuidv7(Date.now());
      const at = new Date(bench.nowMs);
      await pool.query(
        `with t as (insert into webhook_text (id, body, search, plan) values ($1, '{}', '', $2))
         insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, message, received_at) values ($1, 0, $3, $4, $5, $6, 'open', false, $7, $8)`,
        [
          id,
          {
            alerts: [
              { n: 0, ticket: { summary: 'Alert: Server', description: message, companyId: null, board: null } },
            ],
          },
          seq++,
          endpointId,
          incidentId,
          kind,
          message,
          at,
        ],
      );
      await pool.query(
        'update incident set bell = true, bell_raised_at = clock_timestamp(), bell_sent_at = null where id = $1',
        [incidentId],
      );
      return id;
    },
    async order(kind, input = {}) {
      const id = randomUUID();
      await pool.query(
        `insert into incident_order (id, incident_id, kind, input, asked_by, asked_at) values ($1, $2, $3, $4, 'ann', $5)`,
        [id, incidentId, kind, input, new Date(bench.nowMs)],
      );
      return id;
    },
    async live(signal = new AbortController().signal) {
      const chain = (newestChain = randomUUID());
      const stepInput = (): StepInput => ({ key, chain, now: new Date(bench.nowMs).toISOString(), watched: [] });
      const step = (): Step => ({
        deps: bench.deps,
        input: stepInput(),
        signal: new AbortController().signal,
        now: () => new Date(bench.nowMs).toISOString(),
      });
      let snapshot = await takeAlerts(pool, bench.deps.settings.lagBudgetMs, stepInput());
      for (let count = 0; count < 200 && snapshot !== null; count += 1) {
        if (snapshot.analysisId && snapshot.isAnalysisReady !== true) {
          const asked = { analysisId: snapshot.analysisId, now: new Date(bench.nowMs).toISOString() };
          await analyseIncident(bench.deps, asked, signal);
          snapshot = await takeAlerts(pool, bench.deps.settings.lagBudgetMs, stepInput());
          continue;
        }
        const next = nextStep(snapshot, bench.nowMs);
        if (next.do === 'end') return { snapshot, crashed: false, ended: true, waitsUntil: null };
        if (next.do === 'wait' && (next.untilMs === null || next.untilMs > bench.nowMs))
          return { snapshot, crashed: false, ended: false, waitsUntil: next.untilMs };
        try {
          if (next.do === 'wait') snapshot = await takeAlerts(pool, bench.deps.settings.lagBudgetMs, stepInput());
          else if (next.do === 'carryOutOrder') snapshot = await carryOutOrder(step(), next.orderId);
          else snapshot = await STEPS[next.do](step());
        } catch (error) {
          if (error instanceof Crash) return { snapshot, crashed: true, ended: false, waitsUntil: null };
          if (!(error instanceof ApplicationFailure)) throw error;
          if (chain !== newestChain) return { snapshot, crashed: true, ended: false, waitsUntil: null };
          snapshot = await takeAlerts(pool, bench.deps.settings.lagBudgetMs, stepInput());
        }
      }
      throw new Error(`The incident does not come to rest: ${JSON.stringify(snapshot)}`);
    },
    async settle(hours = 4) {
      const until = bench.nowMs + hours * 3_600_000;
      for (let count = 0; count < 300; count += 1) {
        const lived = await bench.live();
        if (lived.crashed) continue;
        if (lived.ended) return;
        if (lived.snapshot && !lived.snapshot.gateIsOpen)
          await pool.query(`update connection set gate = 'open' where name = $1`, [connection]);
        else if (lived.waitsUntil === null || lived.waitsUntil > until) return;
        bench.nowMs = Math.max(bench.nowMs + 1000, Math.min(lived.waitsUntil ?? bench.nowMs, until));
      }
      throw new Error('The incident did not settle.');
    },
    async alerts() {
      const { rows } = await pool.query(
        'select kind, state, settled, action, ticket, error, message from alert where incident_id = $1 order by seq, n',
        [incidentId],
      );
      return rows;
    },
    async row() {
      const { rows } = await pool.query('select * from incident where id = $1', [incidentId]);
      return rows[0] as Record<string, unknown>;
    },
    async cancel() {
      await abandonIncident({
        deps: bench.deps,
        input: { key, chain: newestChain, now: new Date(bench.nowMs).toISOString(), watched: [] },
        signal: new AbortController().signal,
        now: () => new Date(bench.nowMs).toISOString(),
      });
    },
  };
  return bench;
}

function uuidv7(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  const rest = randomUUID().slice(15);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest}`;
}

export function benchPool(url: string): Pool {
  return createPool(url, { name: 'test', max: 6 });
}
