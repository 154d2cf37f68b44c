import { setImmediate as turn } from 'node:timers/promises';
import { v7 } from 'uuid';
import { configVersion } from '../../infra/database/config-store.ts';
import { tellPlanned } from '../../infra/database/live-feed.ts';
import { readOpenIncidents } from '../../infra/database/open-incidents.ts';
import { inTransaction, type Pool, type Queryable } from '../../infra/database/pool.ts';
import { together } from '../../infra/database/together.ts';
import { assembleBatch } from './assemble-batch.ts';
import { createCloseRoutes, isUnnamedClose } from '../../workflows/domain/close-routes.ts';
import type { ConfigCache, PlanningConfig } from './config-cache.ts';
import { settleHeldBefore } from './held-alerts.ts';
import { readInbox, type InboxRow } from './inbox-row.ts';
import { raiseOrKeep } from '../../infra/database/bell-outbox.ts';
import type { RaisedBell } from '../../infra/database/raise-bells.ts';
import { failedPlan, planRow, type PlannedRow, type RowPlanning } from './plan-row.ts';
import { readReplays, type ReplayConfigs } from './replay-config.ts';
import { lockShard } from './shard-lock.ts';
import { writeAlerts, writeTexts, type AlertRow, type TextRow } from '../../infra/database/write-alerts.ts';
import { silencesEndedBy } from './silence-ends.ts';
import { markFailed, markPlanned } from './write-plans.ts';

export interface PlanDeps extends RowPlanning {
  pool: Pool;
  cache: ConfigCache;
  connection: string;
}

/** How much one transaction takes at most; at least one row is always taken. `planMs` is time of the processor. */
export interface BatchLimits {
  rows: number;
  planMs: number;
  alerts: number;
}

export const BATCH_LIMITS: BatchLimits = { rows: 600, planMs: 150, alerts: 1_200 };

export interface ShardResult {
  /** Another dispatcher has the shard now. */
  isBusy: boolean;
  hasMore: boolean;
  planned: readonly PlannedRow[];
  alerts: readonly AlertRow[];
  /** Bells that went up, to be rung after the commit. */
  raised: readonly RaisedBell[];
  /** Incidents that a step held: their bells are raised from the outbox. */
  kept: number;
}

/** Rows planned before the thread turns to what else waits, their texts sent in one statement. */
const TOGETHER = 64;
const NO_BYTES = Buffer.alloc(0);

const NOTHING: ShardResult = { isBusy: false, hasMore: false, planned: [], alerts: [], raised: [], kept: 0 };

/**
 * Plans the oldest received webhooks of a shard in one transaction: plans, alerts, incidents with raised bells and the rows'
 * state are kept together or not at all. Throws the database's errors; nothing is then kept and the rows are planned again.
 */
export async function planShard(deps: PlanDeps, shard: number, limits: BatchLimits): Promise<ShardResult> {
  return inTransaction(deps.pool, async (tx) => {
    if (!(await lockShard(tx, shard))) return { ...NOTHING, isBusy: true };
    // The version is looked up after the rows: an edit that was there before a row was accepted is seen.
    const [{ rows, hasMore }, version] = await Promise.all([readInbox(tx, shard, limits.rows), configVersion(tx)]);
    if (rows.length === 0) return NOTHING;
    const config = await deps.cache.load(tx, version, [...new Set(rows.map(({ endpointId }) => endpointId))]);
    const replays = await readReplays(tx, deps.cache, rows);
    const texts = createTextsWriter(tx);
    const planned = await planRows(deps, rows, config, replays, limits, texts.write);
    const written = texts.written();
    const { alerts, raised, kept } = await keepPlans(tx, deps, shard, planned, written).catch(
      async (error: unknown) => {
        await written;
        throw error;
      },
    );
    return {
      isBusy: false,
      hasMore: hasMore || planned.length < rows.length,
      planned,
      alerts,
      raised,
      kept,
    };
  });
}

/** Lets the thread breathe between parts: calls under way go on, and the texts of one part are sent before the next is planned. */
async function planRows(
  deps: PlanDeps,
  rows: readonly InboxRow[],
  config: PlanningConfig,
  replays: ReplayConfigs,
  limits: BatchLimits,
  made: (row: PlannedRow) => void,
): Promise<PlannedRow[]> {
  const planned: PlannedRow[] = [];
  let spentMs = 0;
  let began = cpuMs();
  let alerts = 0;
  for (const row of rows) {
    const one = planOne(deps, row, config, replays);
    made(one);
    planned.push(lightened(one));
    alerts += one.plan.alerts.length;
    if (alerts >= limits.alerts || spentMs + cpuMs() - began >= limits.planMs) break;
    if (planned.length % TOGETHER === 0) {
      spentMs += cpuMs() - began;
      await turn();
      began = cpuMs();
    }
  }
  return planned;
}

/** What the rest of the transaction needs of a plan: a batch that is kept whole is copied by every young collection. */
function lightened({ row, plan }: PlannedRow): PlannedRow {
  row.raw = NO_BYTES;
  return { row, plan: { ...plan, steps: [] }, text: null };
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function planOne(deps: PlanDeps, row: InboxRow, config: PlanningConfig, replays: ReplayConfigs): PlannedRow {
  const replayed = replays.get(row.id);
  if (replayed?.failure) return { row, plan: failedPlan(0, replayed.failure), text: null };
  const endpoint = replayed?.endpoint ?? config.endpoints.get(row.endpointId);
  if (endpoint === undefined) return { row, plan: failedPlan(0, 'The endpoint is not known any more.'), text: null };
  return planRow(deps, row, endpoint, config);
}

/** Sends texts while later rows are still planned: Postgres writes what one processor made as the other makes more. */
function createTextsWriter(tx: Queryable): {
  write(row: PlannedRow): void;
  /** Rejects with the fault that broke the transaction, if one of the texts did. */
  written(): Promise<void>;
} {
  const sent: Promise<void>[] = [];
  let part: TextRow[] = [];
  const send = () => {
    const sending = writeTexts(tx, part);
    sending.catch(() => undefined);
    sent.push(sending);
    part = [];
  };
  return {
    write({ text }) {
      if (text !== null) part.push(text);
      if (part.length >= TOGETHER) send();
    },
    written() {
      send();
      const written = together(sent);
      written.catch(() => undefined);
      return written;
    },
  };
}

async function keepPlans(
  tx: Queryable,
  deps: PlanDeps,
  shard: number,
  planned: readonly PlannedRow[],
  texts: Promise<void>,
): Promise<Pick<ShardResult, 'raised' | 'kept'> & { alerts: AlertRow[] }> {
  const unnamed = planned.flatMap(({ row, plan }) =>
    plan.alerts
      .filter(isUnnamedClose)
      .map(({ summaryDigest }) => ({ endpointId: row.endpointId, digest: summaryDigest })),
  );
  const inbox = planned.map(({ row }) => row);
  const [open, ends] = await Promise.all([readOpenIncidents(tx, unnamed), silencesEndedBy(tx, inbox)]);
  const batch = assembleBatch(planned, createCloseRoutes(open), { shard, connection: deps.connection, newId: v7 });
  // The incidents are locked last: their runs wait for as long as they are.
  await together([
    texts,
    writeTexts(
      tx,
      ends.map(({ text }) => text),
    ),
    markPlanned(
      tx,
      planned.filter(({ plan }) => plan.failure === null).map(({ row }) => row.id),
    ),
    tellPlanned(tx, inbox),
    markFailed(
      tx,
      planned.flatMap(({ row, plan }) => (plan.failure === null ? [] : [{ id: row.id, failure: plan.failure }])),
    ),
  ]);
  const { ids, raised, kept } = await raiseOrKeep(tx, [...batch.news, ...ends.map(({ news }) => news)]);
  const alerts = [...batch.alerts, ...ends.map(({ alert }) => alert)].map(({ incidentKey, ...alert }) => ({
    ...alert,
    incidentId: incidentKey === null ? null : (ids.get(incidentKey) ?? null),
  }));
  await writeAlerts(tx, alerts);
  await settleHeldBefore(tx, alerts);
  return { alerts, raised, kept };
}
