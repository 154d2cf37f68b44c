import { z } from 'zod';
import { defineVerb, type VerbContext } from '../verb.ts';
import { filterOf } from './filters.ts';
import { readPage } from './read-page.ts';
import { HistoryFilterInput, type WebhookView } from './schemas.ts';

const ROWS_A_READ = 500;
const COLUMNS = [
  ['request_id', (row) => row.requestId],
  ['received_at', (row) => row.receivedAt],
  ['endpoint', (row) => row.endpointName],
  ['endpoint_id', (row) => row.endpointId],
  ['source', (row) => row.sourceIp],
  ['origin', (row) => row.origin],
  ['status', (row) => row.status],
  ['action', (row) => row.action],
  ['ticket', (row) => row.ticketId],
  ['summary', (row) => row.summary],
  ['message', (row) => row.message],
  ['error', (row) => row.error],
  ['replay_of', (row) => row.replayOf],
] as const satisfies readonly (readonly [string, (row: WebhookView) => string | null])[];

/** Everything a filter matches as CSV, the newest first, in pieces as they are read. Ending the iteration ends the reading. */
export const exportHistory = defineVerb({
  name: 'webhook.export',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: HistoryFilterInput }),
  run: async (context, { query }): Promise<AsyncGenerator<string>> => linesOf(context, filterOf(query)),
});

async function* linesOf(context: VerbContext, filter: ReturnType<typeof filterOf>): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  let before: string | null = null;
  for (;;) {
    const rows: WebhookView[] = await readPage(context, filter, before, ROWS_A_READ);
    if (rows.length > 0) yield rows.map((row) => csvLine(COLUMNS.map(([, value]) => value(row)))).join('');
    before = rows.at(-1)?.requestId ?? null;
    if (rows.length < ROWS_A_READ) return;
  }
}

function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[\s\0]*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
