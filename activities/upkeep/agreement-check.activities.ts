import { GATE_WORKFLOW } from '../../workflows/contracts/gate.ts';
import { HEARTBEAT_WORKFLOW } from '../../workflows/contracts/heartbeat.ts';
import { gateWorkflowId, heartbeatWorkflowId } from '../../workflows/contracts/ids.ts';
import { INCIDENT_WORKFLOW } from '../../workflows/contracts/incident.ts';
import type { Agreement, AgreementKind } from '../../workflows/contracts/agreement-check.ts';
import type { ActivityDeps } from '../deps.ts';
import { readWatched } from '../heartbeats/watched-endpoints.ts';

const EXAMPLES = 5;
/** What changed so shortly ago may not be listed yet, or not be written yet. */
const SETTLING_MS = 2 * 60_000;
/** An incident that is over may run on while it waits to be reopened or looks for a second ticket. */
const OVER_MS = 24 * 3_600_000;

/** Workflow ids: those that must run, and those that may besides. */
interface Wanted {
  must: string[];
  may(running: readonly string[]): Promise<Set<string>>;
}

/** Whether Postgres and the list of workflows agree. Only looks: what heals them are bells and the reconciling of heartbeats. */
export function createAgreementCheckActivities(deps: ActivityDeps) {
  const wantedOf: Record<AgreementKind, { type: string; read(now: Date): Promise<Wanted> }> = {
    incident: { type: INCIDENT_WORKFLOW, read: (now) => wantedIncidents(deps, now) },
    heartbeat: {
      type: HEARTBEAT_WORKFLOW,
      read: async () => exactly((await readWatched(deps.pool)).map(({ id }) => heartbeatWorkflowId(id))),
    },
    gate: { type: GATE_WORKFLOW, read: () => wantedGates(deps) },
  };
  return {
    /** Compares the lists, kind by kind, and keeps the result. May run twice. */
    compareWithTemporal: async (input: { now: string }): Promise<Agreement[]> => {
      const results: Agreement[] = [];
      for (const [kind, { type, read }] of Object.entries(wantedOf) as [AgreementKind, (typeof wantedOf)['gate']][]) {
        const running = await deps.running(type);
        const { must, may } = await read(new Date(input.now));
        const missing = must.filter((id) => !running.has(id));
        const musts = new Set(must);
        const rest = [...running].filter((id) => !musts.has(id));
        const allowed = await may(rest);
        const stray = rest.filter((id) => !allowed.has(id));
        await keep(deps, kind, { wanted: must.length, running: running.size, missing, stray }, input.now);
        results.push({
          kind,
          wanted: must.length,
          running: running.size,
          missing: missing.length,
          stray: stray.length,
        });
      }
      return results;
    },
  };
}

export type AgreementCheckActivities = ReturnType<typeof createAgreementCheckActivities>;

function exactly(must: string[]): Wanted {
  return { must, may: async () => new Set() };
}

/** An incident that is not over has a workflow, but for one that just changed; one that is over may have one for a day. */
async function wantedIncidents({ pool }: ActivityDeps, now: Date): Promise<Wanted> {
  const { rows } = await pool.query<{ key: string }>(
    `select key from incident where phase not in ('new', 'closed', 'abandoned') and updated_at < $1`,
    [new Date(now.getTime() - SETTLING_MS)],
  );
  return {
    must: rows.map(({ key }) => key),
    may: async (running) => {
      const known = await pool.query<{ key: string }>(
        `select key from incident where key = any($1) and (phase not in ('closed', 'abandoned') or updated_at > $2)`,
        [running, new Date(now.getTime() - OVER_MS)],
      );
      return new Set(known.rows.map(({ key }) => key));
    },
  };
}

/** The gate of a connection runs while it is closed. One that just opened may be at its end. */
async function wantedGates({ pool }: ActivityDeps): Promise<Wanted> {
  const { rows } = await pool.query<{ name: string; gate: string }>('select name, gate from connection');
  const ids = (of: (gate: string) => boolean) =>
    rows.filter(({ gate }) => of(gate)).map(({ name }) => gateWorkflowId(name));
  return { must: ids((gate) => gate === 'closed'), may: async () => new Set(ids((gate) => gate !== 'closed')) };
}

async function keep(
  { pool }: ActivityDeps,
  kind: AgreementKind,
  found: { wanted: number; running: number; missing: string[]; stray: string[] },
  now: string,
): Promise<void> {
  const examples = (ids: string[]) => JSON.stringify(ids.toSorted().slice(0, EXAMPLES));
  await pool.query(
    `insert into agreement_check (kind, wanted, running, missing, stray, missing_examples, stray_examples, checked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (kind) do update set wanted = excluded.wanted, running = excluded.running, missing = excluded.missing, stray = excluded.stray,
       missing_examples = excluded.missing_examples, stray_examples = excluded.stray_examples, checked_at = excluded.checked_at`,
    [
      kind,
      found.wanted,
      found.running,
      found.missing.length,
      found.stray.length,
      examples(found.missing),
      examples(found.stray),
      now,
    ],
  );
}
