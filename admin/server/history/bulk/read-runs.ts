import type { Queryable } from '../../../../infra/database/pool.ts';
import { notFound } from '../../errors.ts';
import type { BulkReplayView } from './schemas.ts';

interface Row {
  id: string;
  filter: Record<string, string>;
  rules: 'recorded' | 'today';
  rate: number;
  state: BulkReplayView['state'];
  total: number;
  replayed: number;
  skipped: number;
  unreadable: number;
  waits_for: string | null;
  asked_by: string;
  asked_at: Date;
  ended_at: Date | null;
  ended_by: string | null;
}

/** Runs for which `where` holds, the newest first. */
export async function readRuns(db: Queryable, where: string, values: unknown[]): Promise<BulkReplayView[]> {
  const { rows } = await db.query<Row>(`select * from bulk_replay where ${where}`, values);
  return rows.map((row) => ({
    id: row.id,
    filter: row.filter,
    rules: row.rules,
    ratePerSecond: row.rate,
    state: row.state,
    total: row.total,
    replayed: row.replayed,
    skipped: row.skipped,
    unreadable: row.unreadable,
    waitsFor: row.state === 'running' ? row.waits_for : null,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
  }));
}

/** One run. Throws `not-found`. */
export async function readRun(db: Queryable, id: string): Promise<BulkReplayView> {
  const [run] = await readRuns(db, 'id = $1', [id]);
  if (!run) throw notFound('replay');
  return run;
}
