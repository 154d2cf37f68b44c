import { MOST_NAMED, type LiveChange } from '../../../infra/database/live-feed.ts';
import { maskText } from '../../../workflows/domain/mask-text.ts';
import { maskEntryData } from '../ledger/mask-entry.ts';
import { presentWebhook } from '../history/present.ts';
import { LIST_COLUMNS, LISTED_ALERTS, webhookTables, type WebhookRow } from '../history/webhook-row.ts';
import type { VerbContext } from '../verb.ts';

/** A change as a browser is told of it: `rows` as they are now, and how many more there were. */
export interface ToldChange {
  topic: LiveChange['topic'];
  at: string;
  endpointId: string;
  incidentId: string | null;
  rows: object[];
  more: number;
}

/** Changes with what they name, masked, in the same order: two statements for all of them. */
export async function presentChanges(
  context: VerbContext,
  changes: readonly LiveChange[],
  words: readonly string[],
): Promise<ToldChange[]> {
  const [webhooks, lines] = await Promise.all([
    readWebhooks(context, namedBy(changes, false), words),
    readLines(context, namedBy(changes, true), words),
  ]);
  return changes.map((change) => {
    const known = change.topic === 'incident' ? lines : webhooks;
    const rows = change.ids.flatMap((id) => known.get(String(id)) ?? []).toReversed();
    return {
      topic: change.topic,
      at: change.at.toISOString(),
      endpointId: change.endpointId,
      incidentId: change.incidentId,
      rows,
      more: Math.max(0, change.count - MOST_NAMED),
    };
  });
}

function namedBy(changes: readonly LiveChange[], ofIncidents: boolean): string[] {
  const named = changes
    .filter(({ topic }) => (topic === 'incident') === ofIncidents)
    .flatMap(({ ids }) => ids.map(String));
  return [...new Set(named)].sort();
}

async function readWebhooks(
  context: VerbContext,
  ids: readonly string[],
  words: readonly string[],
): Promise<Map<string, object>> {
  if (ids.length === 0) return new Map();
  const { rows } = await context.pool.query<WebhookRow>(
    `select ${LIST_COLUMNS} from ${webhookTables(LISTED_ALERTS)} where w.id = any($1::uuid[]) and w.id between $2 and $3`,
    [ids, ids[0], ids.at(-1)],
  );
  const mask = (text: string | null): string | null => (text === null ? null : maskText(text, words));
  return new Map(
    rows.map((row) => {
      const { alerts: _, ...shown } = presentWebhook(context, row, 'listed');
      const told = { ...shown, summary: mask(shown.summary), message: mask(shown.message), error: mask(shown.error) };
      return [row.id, told];
    }),
  );
}

interface LineRow {
  id: string;
  incident_id: string;
  at: Date;
  kind: string;
  text: string;
  data: Record<string, unknown>;
  summary: string;
  phase: string;
  ticket_id: string | null;
  alerts: number;
}

async function readLines(
  context: VerbContext,
  ids: readonly string[],
  words: readonly string[],
): Promise<Map<string, object>> {
  if (ids.length === 0) return new Map();
  const { rows } = await context.pool.query<LineRow>(
    `select v.id::text, v.incident_id, v.at, v.kind, v.text, v.data, i.summary, i.phase, i.ticket_id, i.alerts
     from incident_event v join incident i on i.id = v.incident_id where v.id = any($1::bigint[])`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        incidentId: row.incident_id,
        at: row.at.toISOString(),
        kind: row.kind,
        text: maskText(row.text, words),
        summary: maskText(row.summary, words),
        phase: row.phase,
        ticketId: row.ticket_id,
        alerts: row.alerts,
        data: maskEntryData(row.data, words),
      },
    ]),
  );
}
