import { countOriginals } from '../../../infra/history/originals.ts';
import { measured, type Measured } from '../../../infra/bench/measured.ts';
import { listHistory } from '../../../admin/server/history/list.ts';
import { runVerb, type VerbContext } from '../../../admin/server/verb.ts';
import { historyFilters } from './history-filters.ts';

const MONTH_MS = 30 * 86_400_000;
const ROUNDS = 20;

interface Known {
  busy: string;
  quiet: string;
  ticket: string;
  source: string;
  error: string;
}

/** Every filter of the history by the verb that page and REST run: twenty pages, one after the other, the first included. */
export async function measureHistory(context: VerbContext, word: string): Promise<Measured[]> {
  const known = await readKnown(context);
  const now = Date.now();
  const times = { from: new Date(now - MONTH_MS).toISOString(), to: new Date(now).toISOString() };
  const lines: Measured[] = [];
  for (const [name, filter] of Object.entries(historyFilters({ ...known, ...times }))) {
    if (!name.includes(word)) continue;
    const goal = filter.q === undefined ? 300 : 1_000;
    lines.push(measured(name, await p95(context, filter), 'ms', { atMost: goal }, 'p95 of the page'));
  }
  for (const [name, filter] of Object.entries({
    'count of failed': { status: 'failed' },
    'count of all': {},
  } as const)) {
    if (!name.includes(word)) continue;
    const began = performance.now();
    const { text, values } = countOriginals(filter, 'ffffffff-ffff-7fff-bfff-ffffffffffff');
    await context.pool.query(text, values);
    lines.push(measured(name, performance.now() - began, 'ms', undefined, 'preview of a replay by filter'));
  }
  return lines;
}

/** Milliseconds; a page that does not come at all counts for all of them. */
async function p95(context: VerbContext, filter: object): Promise<number> {
  const took: number[] = [];
  let cursor: string | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    const query: object = { ...filter, limit: 50, ...(cursor === null ? {} : { cursor }) };
    const page: { nextCursor: string | null } | null = await runVerb(listHistory, context, { query }).catch(() => null);
    took.push(performance.now() - began);
    if (page === null) return took.at(-1) ?? Number.NaN;
    cursor = page.nextCursor;
  }
  return took.sort((a, b) => a - b)[Math.ceil(ROUNDS * 0.95) - 1] ?? Number.NaN;
}

async function readKnown({ pool }: VerbContext): Promise<Known> {
  const { rows } = await pool.query<Known>(
    `with by_endpoint as (select endpoint_id, count(*) as n from webhook group by endpoint_id)
     select (select endpoint_id from by_endpoint order by n desc limit 1) as busy,
            (select endpoint_id from by_endpoint order by n limit 1) as quiet,
            (select ticket from alert where ticket is not null limit 1) as ticket,
            (select source_ip from webhook limit 1) as source,
            (select substring(error from 'case .*') from alert where error is not null limit 1) as error`,
  );
  const [known] = rows;
  if (!known?.busy) throw new Error('The database is empty: npm run seed -- --large');
  return known;
}
