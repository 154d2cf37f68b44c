import type { Queryable } from '../../infra/database/pool.ts';
import { addToPending, type FoldAlert, type PendingNote } from '../../workflows/domain/incident-fold.ts';
import { settleAlerts, unsettledOpens } from '../journal/alerts.ts';
import { updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow, WritingNote } from '../journal/incident-row.ts';

const MOST_COUNTED = 100_000;

/** Alerts whose note is not written yet are counted into the pending one: quiet begins now. */
export async function countWhatWaits(tx: Queryable, row: IncidentRow, at: string): Promise<void> {
  if (row.ticketId === null) return;
  const opens = await unsettledOpens(tx, row.id, MOST_COUNTED);
  const last = opens.at(-1);
  if (last === undefined) return;
  const pending = opens
    .filter((alert) => !isBeingTold(alert, row.writing))
    .reduce<PendingNote | null>((note, alert) => addToPending(note, alert, false), row.pending);
  await updateIncident(tx, row.id, { pending });
  await settleAlerts(tx, row.id, { action: 'update', ticket: row.ticketId, at }, { throughSeq: last.seq });
}

function isBeingTold(alert: FoldAlert, writing: WritingNote | null): boolean {
  if (writing === null) return false;
  if (writing.alert !== null) return writing.alert.webhookId === alert.webhookId && writing.alert.n === alert.n;
  return alert.seq <= (writing.throughSeq ?? -1);
}
