import { readConfig } from '../config/index.ts';
import { needed } from '../config/needed.ts';
import { createPool } from '../database/pool.ts';
import { countOriginals } from '../history/originals.ts';
import { historyFilters } from './history-filters.ts';
import { measureFilter } from './measure-history.ts';
import { measured, reportTable, type Measured } from './measured.ts';

/** `DATABASE_URL=… node infra/bench/history-main.ts [words of a filter's name]`: each filter of history on a seeded database. */
const MONTH_MS = 30 * 86_400_000;
const ROUNDS = 20;
const word = process.argv[2] ?? '';
const pool = createPool(needed(readConfig(), 'DATABASE_URL'), { name: 'bench', max: 2, statementTimeoutMs: 120_000 });

const { rows } = await pool.query<{ busy: string; quiet: string; ticket: string; source: string; error: string }>(
  `with by_endpoint as (select endpoint_id, count(*) as n from webhook group by endpoint_id)
   select (select endpoint_id from by_endpoint order by n desc limit 1) as busy,
          (select endpoint_id from by_endpoint order by n limit 1) as quiet,
          (select ticket from alert where ticket is not null limit 1) as ticket,
          (select source_ip from webhook limit 1) as source,
          (select substring(error from 'case .*') from alert where error is not null limit 1) as error`,
);
const [known] = rows;
if (!known?.busy) throw new Error('The database is empty: npm run seed -- --large');
const now = Date.now();
const times = { from: new Date(now - MONTH_MS).toISOString(), to: new Date(now).toISOString() };
const lines: Measured[] = [];
for (const [name, filter] of Object.entries(historyFilters({ ...known, ...times }))) {
  if (!name.includes(word)) continue;
  const goal = filter.q === undefined ? 300 : 1_000;
  lines.push(measured(name, await measureFilter(pool, filter, ROUNDS), 'ms', { atMost: goal }, 'p95 of the page'));
}
for (const [name, filter] of Object.entries({ 'count of failed': { status: 'failed' }, 'count of all': {} } as const)) {
  if (!name.includes(word)) continue;
  const began = performance.now();
  const { text, values } = countOriginals(filter, 'ffffffff-ffff-7fff-bfff-ffffffffffff');
  await pool.query(text, values);
  lines.push(measured(name, performance.now() - began, 'ms', undefined, 'preview of a replay by filter'));
}
await pool.end();
console.log(reportTable(lines));
process.exitCode = lines.every(({ isMet }) => isMet !== false) ? 0 : 1;
