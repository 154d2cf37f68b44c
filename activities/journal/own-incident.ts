import { ApplicationFailure } from '@temporalio/common';
import { inTransaction, type Queryable } from '../../infra/database/pool.ts';
import { FAILURES } from '../../workflows/contracts/failures.ts';
import type { IncidentSnapshot, StepInput } from '../../workflows/contracts/incident.ts';
import type { ActivityDeps } from '../deps.ts';
import { readIncident, type IncidentRow } from './incident-row.ts';
import { takeInto } from './take.ts';

/** One step of one incident: what it may use and for which run it works. */
export interface Step {
  deps: ActivityDeps;
  input: StepInput;
  signal: AbortSignal;
  /** The workflow's time plus what this attempt has taken so far, as ISO. */
  now(): string;
}

/** Reads the incident without a lock. Throws `ChainTaken` when a newer run owns it. */
export async function readOwned(step: Step): Promise<IncidentRow> {
  return owned(await readIncident(step.deps.pool, step.input.key, false), step);
}

/** Writes within one transaction that holds the incident's row; nothing is written when a newer run owns it. */
export async function recordOwned(step: Step, work: (tx: Queryable, row: IncidentRow) => Promise<void>): Promise<void> {
  await inTransaction(step.deps.pool, async (tx) =>
    work(tx, owned(await readIncident(tx, step.input.key, true), step)),
  );
}

/** As `recordOwned`, then takes what has come meanwhile in the same transaction: the end of a step. */
export async function recordAndTake(
  step: Step,
  work: (tx: Queryable, row: IncidentRow) => Promise<void>,
): Promise<IncidentSnapshot> {
  return inTransaction(step.deps.pool, async (tx) => {
    await work(tx, owned(await readIncident(tx, step.input.key, true), step));
    const after = owned(await readIncident(tx, step.input.key, true), step);
    return takeInto(tx, after, step.deps.settings.lagBudgetMs, { ...step.input, now: step.now() });
  });
}

function owned(row: IncidentRow | null, step: Step): IncidentRow {
  if (row === null || row.chain !== step.input.chain) {
    throw ApplicationFailure.nonRetryable('A newer run owns this incident.', FAILURES.chainTaken);
  }
  return row;
}
