import { endSilences } from '../../infra/database/end-silences.ts';
import { inTransaction, type Queryable } from '../../infra/database/pool.ts';
import { heartbeatExpectation } from '../../infra/heartbeat-expectation.ts';
import { raiseBells } from '../../infra/database/raise-bells.ts';
import { writeAlerts, writeTexts } from '../../infra/database/write-alerts.ts';
import type { HeartbeatLook, HeartbeatLookInput, HeartbeatPhase } from '../../workflows/contracts/heartbeat.ts';
import type { Expectation } from '../../workflows/domain/schedule.ts';
import {
  isRecovered,
  judgeStaleness,
  stillTold,
  type Staleness,
  type StalenessFacts,
} from '../../workflows/domain/staleness.ts';
import { expectationText, silenceText } from '../../workflows/domain/staleness-words.ts';
import type { ActivityDeps } from '../deps.ts';
import { wakeFor } from './await-deadline.ts';
import { keepLook, lockHeartbeat, type HeartbeatRow, type WatchedRow } from './heartbeat-row.ts';
import { raiseSilence } from './raise-silence.ts';
import { readSighted, readLastSeen, readSince } from './read-facts.ts';
import type { QuietTimes } from './read-quiet.ts';

/** What a look did: the incidents to be rung once it is committed. */
export interface Looked {
  look: HeartbeatLook;
  isRaised: boolean;
  isEnded: boolean;
}

/**
 * Reads when the endpoint was last heard and tells its silence where it is late, in one transaction that holds its heartbeat.
 * Looking again at the same instant changes nothing.
 */
export function lookOnce(deps: ActivityDeps, quiet: QuietTimes, input: HeartbeatLookInput): Promise<Looked> {
  return inTransaction(deps.pool, async (tx) => {
    const locked = await lockHeartbeat(tx, input.endpointId, input.now);
    if (locked === null) return offLook(null, 'The endpoint is not known.');
    const { endpoint, row } = locked;
    const expectation = heartbeatExpectation(endpoint.config.heartbeat);
    const reason = offReason(endpoint, expectation);
    if (reason === null && expectation !== null) return watch({ deps, quiet, tx, input, endpoint, row, expectation });
    await keepOff(tx, input, locked, reason);
    return offLook(endpoint, reason);
  });
}

interface Watch {
  deps: ActivityDeps;
  quiet: QuietTimes;
  tx: Queryable;
  input: HeartbeatLookInput;
  endpoint: WatchedRow;
  row: HeartbeatRow;
  expectation: Expectation;
}

async function watch(of: Watch): Promise<Looked> {
  const { tx, input, endpoint, row } = of;
  const { facts, requestId } = await readFacts(of);
  const isEnded = isRecovered(facts) && row.isOpen && (await endSilence(of, facts, requestId));
  const judged = await judge(of, facts);
  const isRaised = judged.is === 'overdue';
  const told = isRaised ? judged.overdue.told : stillTold(facts);
  if (isRaised && endpoint.config.ticketing.enabled) {
    await raiseSilence(tx, {
      endpointId: input.endpointId,
      endpoint,
      connection: of.deps.connection,
      defaultCompanyId: of.deps.settings.defaults.defaultCompanyId,
      deadlineMs: judged.overdue.deadlineMs,
      message: silenceText({ heartbeat: endpoint.config.heartbeat, ...facts, overdue: judged.overdue }),
    });
  }
  const next: Staleness = isRaised ? judgeStaleness({ ...facts, told, quietUntil: () => null }) : judged;
  const phase: HeartbeatPhase = next.is === 'waiting' && told !== null ? 'overdue' : next.is;
  const deadlineMs = next.is === 'waiting' || next.is === 'quiet' ? next.deadlineMs : null;
  const wakeMs = next.is === 'overdue' ? facts.nowMs : next.wakeMs;
  const explained = next.is === 'quiet' ? (await of.quiet.read(tx))(endpoint.config).explain(facts.nowMs) : null;
  await keepLook(
    tx,
    input.endpointId,
    {
      isOn: true,
      settings: endpoint.config.heartbeat,
      version: endpoint.version,
      sinceMs: facts.sinceMs,
      lastSeenMs: facts.lastSeenMs,
      phase,
      deadlineMs,
      wakeMs,
      told,
      isRaised: isRaised && endpoint.config.ticketing.enabled,
      reason: explained,
    },
    input.now,
  );
  const look = {
    phase,
    endpointName: endpoint.name,
    expectation: expectationText(endpoint.config.heartbeat),
    lastSeenAt: iso(facts.lastSeenMs),
    deadlineAt: iso(deadlineMs),
    wakesAt: iso(
      next.is === 'waiting' && wakeMs !== null
        ? wakeFor(wakeMs, facts.nowMs, of.deps.settings.heartbeats.leadMs)
        : wakeMs,
    ),
    told: told?.count ?? 0,
    reason: explained,
  };
  return { look, isRaised, isEnded };
}

async function readFacts(of: Watch): Promise<{ facts: StalenessFacts; requestId: string | null }> {
  const { tx, input, row } = of;
  const nowMs = Date.parse(input.now);
  const seen = await readLastSeen(tx, input.endpointId, row);
  const since = await sinceOf(of, nowMs);
  const lastSeenMs = seen?.at.getTime() ?? null;
  const sighted = await readSighted(tx, Math.max(since.getTime(), lastSeenMs ?? 0));
  const told =
    row.toldBaseAt === null || row.toldFromAt === null
      ? null
      : { baseMs: row.toldBaseAt.getTime(), fromMs: row.toldFromAt.getTime(), count: row.toldCount };
  return {
    requestId: seen?.requestId ?? null,
    facts: {
      nowMs,
      expectation: of.expectation,
      sinceMs: since.getTime(),
      lastSeenMs,
      sighted,
      told,
      quietUntil: () => null,
    },
  };
}

/** One that was off at the version that it has still was deleted and brought back: what it sent meanwhile was refused. */
async function sinceOf({ tx, input, endpoint, row }: Watch, nowMs: number): Promise<Date> {
  if (row.version !== endpoint.version) return (await readSince(tx, input.endpointId, endpoint)) ?? row.since;
  return row.isOn ? row.since : new Date(nowMs);
}

/** Maintenance is read only for what is late. */
async function judge(of: Watch, facts: StalenessFacts): Promise<Staleness> {
  const judged = judgeStaleness(facts);
  if (judged.is !== 'overdue') return judged;
  const quiet = (await of.quiet.read(of.tx))(of.endpoint.config);
  return judgeStaleness({ ...facts, quietUntil: quiet.until });
}

/** The close that the planner writes with the webhook, written here where the alert came between the two. */
async function endSilence(of: Watch, facts: StalenessFacts, requestId: string | null): Promise<boolean> {
  const sign = {
    endpointId: of.input.endpointId,
    requestId,
    at: new Date(facts.lastSeenMs ?? facts.nowMs),
  };
  const [ended] = await endSilences(of.tx, [sign]);
  if (ended === undefined) return false;
  const { ids } = await raiseBells(of.tx, [ended.news]);
  const { incidentKey, ...alert } = ended.alert;
  await writeTexts(of.tx, [ended.text]);
  await writeAlerts(of.tx, [{ ...alert, incidentId: ids.get(incidentKey) ?? null }]);
  return true;
}

function offReason(endpoint: WatchedRow, expectation: Expectation | null): string | null {
  const { config } = endpoint;
  if (endpoint.isDeleted) return 'The endpoint is deleted.';
  if (!config.enabled) return 'The endpoint is disabled.';
  if (config.draft) return 'The endpoint is a draft.';
  if (!config.heartbeat.enabled) return 'Its heartbeat is switched off.';
  return expectation === null ? 'Its cron line cannot be read.' : null;
}

async function keepOff(
  tx: Queryable,
  { endpointId, now }: HeartbeatLookInput,
  { endpoint, row }: { endpoint: WatchedRow; row: HeartbeatRow },
  reason: string | null,
): Promise<void> {
  const off = { phase: 'off', isOn: false, deadlineMs: null, wakeMs: null, told: null, isRaised: false } as const;
  await keepLook(
    tx,
    endpointId,
    {
      ...off,
      settings: endpoint.config.heartbeat,
      version: endpoint.version,
      sinceMs: row.since.getTime(),
      lastSeenMs: row.lastSeenAt?.getTime() ?? null,
      reason,
    },
    now,
  );
}

function offLook(endpoint: WatchedRow | null, reason: string | null): Looked {
  const look: HeartbeatLook = {
    phase: 'off',
    endpointName: endpoint?.name ?? '',
    expectation: endpoint === null ? '' : expectationText(endpoint.config.heartbeat),
    lastSeenAt: null,
    deadlineAt: null,
    wakesAt: null,
    told: 0,
    reason,
  };
  return { look, isRaised: false, isEnded: false };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
