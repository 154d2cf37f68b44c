import type { Queryable } from '../../infra/database/pool.ts';

/** Columns of `incident` that steps change; `undefined` leaves one as it is. */
export interface IncidentChanges {
  phase?: string;
  want?: string;
  episode?: number;
  ticket_id?: string | null;
  ticket_url?: string | null;
  ticket_key?: string | null;
  last_ticket_id?: string | null;
  opened_at?: string | Date | null;
  closed_at?: string | Date | null;
  draft_webhook_id?: string | null;
  draft_n?: number | null;
  posting_at?: string | Date | null;
  posting_rounds?: number;
  posting_looks?: number;
  converge_at?: string | Date | null;
  chain?: string;
  batch?: number;
  batch_open?: boolean;
  bell?: boolean;
  bell_raised_at?: string | Date | null;
  bell_sent_at?: null;
  bell_rung?: number;
  bell_refused?: null;
  pending?: unknown;
  writing?: unknown;
  note_count?: number;
  note_at?: string | Date | null;
  viable_at?: string | Date | null;
  calm_since?: string | Date | null;
  resolution?: unknown;
  checked_at?: string | Date | null;
  status_ours?: string | null;
  updated_by_ours?: string | null;
  error?: string | null;
  error_at?: string | Date | null;
  attempts?: number;
  next_try_at?: string | Date | null;
  blocked_version?: number | null;
  acknowledged_at?: string | Date | null;
  acknowledged_by?: string | null;
  snoozed_until?: string | Date | null;
  snoozed_by?: string | null;
  analysis_id?: string | null;
  analysis_ready?: boolean;
  flap?: unknown;
  waiting_since?: string | Date | null;
  wakes_at?: Date | null;
  look_at?: string | null;
  listed_at?: null;
  owed_ticket_id?: string | null;
}

const JSON_COLUMNS = new Set(['pending', 'writing', 'resolution', 'flap']);

/** Writes changed columns of one incident in one statement. */
export async function updateIncident(db: Queryable, id: string, changes: IncidentChanges): Promise<void> {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return;
  const sets = entries.map(([column], index) => `${column} = $${index + 2}`);
  const values = entries.map(([column, value]) =>
    JSON_COLUMNS.has(column) && value !== null ? JSON.stringify(value) : value,
  );
  await db.query(`update incident set ${sets.join(', ')}, updated_at = clock_timestamp() where id = $1`, [
    id,
    ...values,
  ]);
}

/** One line of an incident's timeline. */
export interface TimelineLine {
  at: string;
  kind: string;
  text: string;
  data?: Record<string, unknown>;
}

/** Adds lines to the timeline of an incident, in one statement. */
export async function addTimeline(
  db: Queryable,
  id: string,
  episode: number,
  lines: readonly TimelineLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const values = lines.map(
    (_, index) => `($1, $2, $${index * 4 + 3}, $${index * 4 + 4}, $${index * 4 + 5}, $${index * 4 + 6})`,
  );
  const parameters = lines.flatMap((line) => [line.at, line.kind, line.text, JSON.stringify(line.data ?? {})]);
  await db.query(
    `insert into incident_event (incident_id, episode, at, kind, text, data) values ${values.join(', ')}`,
    [id, episode, ...parameters],
  );
}

/** The columns that say "the ticket system answers well again". */
export const CALM: IncidentChanges = {
  error: null,
  error_at: null,
  attempts: 0,
  next_try_at: null,
  blocked_version: null,
};
