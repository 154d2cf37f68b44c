import type { PlanSender } from '../contracts/plan.ts';
import { alertCause, causeOfEvent, type LedgerCause } from './ledger-cause.ts';
import type { AlertRow, EventRow, LedgerRow } from './ledger-rows.ts';

/** A note as it stands on a ticket. */
export interface LedgerNote {
  ticket: string;
  key: string;
  purpose: string;
  visibility: string;
  body: string;
}

/** One line of the account: what was decided, and why. Joined lines speak of `count` alerts, from `at` to `lastAt`. */
export interface LedgerEntry {
  at: string;
  lastAt: string;
  source: LedgerRow['source'];
  kind: string;
  text: string;
  cause: LedgerCause;
  count: number;
  /** The first and the last webhook it speaks of. */
  webhooks: string[];
  ticket: string | null;
  note: LedgerNote | null;
  /** Notes that were on their way when the ticket was over: nobody knows whether they arrived. */
  unconfirmed: LedgerNote[];
  /** Of a line of the timeline: its number, and its facts as kept. */
  id: number | null;
  data: Record<string, unknown>;
}

/** Takes rows in order of time, gives lines; alerts that say the same one after another are one line. */
export interface LedgerFold {
  /** Lines that are complete now that `row` has come. */
  push(row: LedgerRow): LedgerEntry[];
  /** How many lines wait for more: 0 or 1. */
  waiting(): number;
  /** The line that waited for more. */
  end(): LedgerEntry[];
}

export function foldLedger(): LedgerFold {
  let waiting: { entry: LedgerEntry; sameness: string } | null = null;
  const end = (): LedgerEntry[] => {
    const ready = waiting === null ? [] : [waiting.entry];
    waiting = null;
    return ready;
  };
  return {
    push(row) {
      if (row.source !== 'alert') return [...end(), entryOf(row)];
      const sameness = samenessOf(row);
      if (waiting?.sameness === sameness) {
        waiting.entry = joined(waiting.entry, row);
        return [];
      }
      const ready = end();
      waiting = { entry: alertEntry(row), sameness };
      return ready;
    },
    waiting: () => (waiting === null ? 0 : 1),
    end,
  };
}

/** The whole account of rows in order of time. */
export function ledgerOf(rows: readonly LedgerRow[]): LedgerEntry[] {
  const fold = foldLedger();
  return [...rows.flatMap((row) => fold.push(row)), ...fold.end()];
}

const EMPTY = { count: 1, webhooks: [], ticket: null, note: null, unconfirmed: [], id: null, data: {} };

function entryOf(row: Exclude<LedgerRow, AlertRow>): LedgerEntry {
  const base = { ...EMPTY, at: row.at, lastAt: row.at, source: row.source };
  switch (row.source) {
    case 'event':
      return eventEntry(row);
    case 'order': {
      const words = typeof row.input['text'] === 'string' ? `: ${row.input['text']}` : '';
      const cause = { by: 'person' as const, words: from(row.by, row.sourceIp) };
      const data = { ...row.input, orderId: row.id, state: row.state };
      return { ...base, kind: `asked-${row.kind}`, text: `Asked to ${row.kind}${words}`, cause, data };
    }
    case 'analysis': {
      const text = `A language model is asked for the root cause of ticket ${row.ticket}.`;
      const cause: LedgerCause =
        row.by === null
          ? {
              by: 'rule',
              words: row.reason === 'changed' ? 'the alerts speak of something else' : 'a ticket was opened',
            }
          : { by: 'person', words: row.by };
      const webhooks = row.webhookId === null ? [] : [row.webhookId];
      return { ...base, kind: 'analysis-asked', text, cause, webhooks, ticket: row.ticket, data: { analysis: row.id } };
    }
    case 'audit':
      return {
        ...base,
        kind: row.action,
        text: row.action,
        cause: { by: 'person', words: from(row.by, row.sourceIp) },
      };
    default:
      return row satisfies never;
  }
}

function eventEntry(row: EventRow): LedgerEntry {
  const { data } = row;
  const webhook = data['webhookId'];
  return {
    at: row.at,
    lastAt: row.at,
    source: 'event',
    kind: row.kind,
    text: row.text,
    cause: causeOfEvent(row),
    count: 1,
    webhooks: row.sender ? webhooksOf(row.sender) : typeof webhook === 'string' ? [webhook] : [],
    ticket: typeof data['ticket'] === 'string' ? data['ticket'] : null,
    note: noteOf(data),
    unconfirmed: (Array.isArray(data['unconfirmed']) ? data['unconfirmed'] : []).flatMap((note) => noteOf(note) ?? []),
    id: row.id,
    data,
  };
}

function noteOf(value: unknown): LedgerNote | null {
  const { ticket, key, purpose, visibility, body } = (value ?? {}) as Record<string, unknown>;
  if (typeof ticket !== 'string' || typeof key !== 'string' || typeof body !== 'string') return null;
  return { ticket, key, purpose: String(purpose), visibility: String(visibility), body };
}

function alertEntry(row: AlertRow): LedgerEntry {
  return {
    ...EMPTY,
    at: row.at,
    lastAt: row.at,
    source: 'alert',
    kind: row.kind,
    text: alertText(row, 1),
    cause: alertCause(row),
    webhooks: row.plan?.sender ? webhooksOf(row.plan.sender) : [row.webhookId],
    ticket: row.ticket,
    data: { state: row.state, action: row.action, error: row.error, message: row.message, origin: row.origin },
  };
}

function joined(entry: LedgerEntry, row: AlertRow): LedgerEntry {
  const count = entry.count + 1;
  return {
    ...entry,
    lastAt: row.at,
    count,
    text: alertText(row, count),
    webhooks: row.plan?.sender ? entry.webhooks : [entry.webhooks[0] ?? row.webhookId, row.webhookId],
    data: { ...entry.data, message: row.message },
  };
}

/** Only real webhooks: what a heartbeat or an outage says was received by nobody. */
function webhooksOf({ webhookId }: PlanSender): string[] {
  return webhookId === null ? [] : [webhookId];
}

const ACTIONS: Record<string, string> = {
  create: 'told by the description of the ticket',
  update: 'told by a note',
  close: 'closed the ticket',
  reopen: 'reopened the ticket',
  none: 'changed nothing on a ticket',
};

function alertText(row: AlertRow, count: number): string {
  const what = count === 1 ? `Alert (${row.kind})` : `${count} alerts (${row.kind}), last`;
  const became = row.state === 'processed' ? (ACTIONS[row.action] ?? row.action) : row.state;
  const error = row.error === null ? '' : ` — ${row.error}`;
  return `${what}: ${row.message} — ${became}${error}`;
}

function samenessOf(row: AlertRow): string {
  const { plan } = row;
  return JSON.stringify([
    row.kind,
    row.state,
    row.action,
    row.ticket,
    row.error,
    row.origin,
    plan?.rules,
    plan?.explanation,
    plan?.sender,
  ]);
}

function from(by: string, sourceIp: string | null): string {
  return sourceIp === null ? by : `${by} from ${sourceIp}`;
}
