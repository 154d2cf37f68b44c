import type { StormResult } from './run-storm.ts';
import type { Verdict } from './verdict.ts';

const COUNTS: readonly [keyof Verdict, string][] = [
  ['lostWebhooks', 'lost webhooks'],
  ['unsettled', 'not settled'],
  ['failed', 'failed'],
  ['lostOpens', 'lost opens'],
  ['lostCloses', 'lost closes'],
  ['lostNotes', 'lost notes'],
  ['doubledTickets', 'doubled tickets'],
  ['doubledNotes', 'doubled notes'],
  ['doubledResolutions', 'doubled resolutions'],
];

/** All runs as one table of text; what must be 0 stands in columns of its own. */
export function resultTable(results: readonly StormResult[]): string {
  const head = ['run', '202', 'tickets', 'in flight', 'settled after', ...COUNTS.map(([, title]) => title), ''];
  const rows = results.map((result) => [
    result.name,
    String(result.accepted),
    String(result.tickets),
    result.strikes.map(({ inFlight }) => `${inFlight.requests}+${inFlight.received}+${inFlight.unsettled}`).join(' ') ||
      '-',
    `${(result.settledMs / 1_000).toFixed(1)} s${result.persons > 0 ? `, ${result.persons} by a person` : ''}`,
    ...COUNTS.map(([name]) => String(result.judged.verdict[name])),
    result.isGood ? 'good' : 'BAD',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
