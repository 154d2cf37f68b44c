import { firstIdAt } from '../history/first-id.ts';
import { startOfDay } from '../database/partition-days.ts';
import type { Pool } from '../database/pool.ts';
import { DAY_MS, foldDay, foldDayOfHours, foldHour, HOUR_MS } from './fold-hour.ts';
import { foldRefusals } from './fold-refusals.ts';

/** How long after its end an hour is counted: what is accepted in it is committed by then, whatever the clocks say. */
const LAG_MS = 10 * 60_000;
/**
 * Hours are kept so long beside the days they were added up to, and so long it is looked whether one changed: an alert that was
 * counted as a note may yet become a new ticket. What changes later is counted when its day is dropped.
 */
const HOURS_KEPT_MS = 3 * DAY_MS;
/** A change is told by the workflow's time, and committed some time after it. */
const LATE_MARGIN = '10 minutes';

const HOUR_OF = (id: string): string =>
  `date_trunc('hour', to_timestamp(('x' || translate(left(${id}::text, 13), '-', ''))::bit(48)::bigint / 1000.0), 'UTC')`;

export interface FoldedStatistics {
  hours: number;
  days: number;
}

/**
 * Counts the hours that are over, and adds up the days that are whole. Hours with something unsettled are left to be counted from
 * the rows for a day, then counted anew at each run until all is settled; hours that changed late are counted anew too. From the
 * rows themselves, so that a second run changes nothing.
 */
export async function foldStatistics(pool: Pool, now: Date): Promise<FoldedStatistics> {
  const end = floor(now.getTime() - LAG_MS, HOUR_MS);
  await foldRefusals(pool, new Date(end));
  const [first, folded, unsettled, late] = await Promise.all([
    firstDay(pool),
    foldedTimes(pool),
    unsettledHours(pool),
    lateHours(pool, now),
  ]);
  const mayBeFolded = (hour: number) => hour < end && (hour < end - DAY_MS || !unsettled.has(hour));
  const isDone = (hour: number) => folded.hour.get(hour) === true && !late.has(hour);
  const done: FoldedStatistics = { hours: 0, days: 0 };
  for (let day = first ?? end; day < end; day += DAY_MS) {
    const hours = Array.from({ length: 24 }, (_, hour) => day + hour * HOUR_MS);
    if (folded.day.get(day) === true) {
      if (!hours.some((hour) => late.has(hour))) continue;
      await foldDay(pool, new Date(day));
      done.days += 1;
      continue;
    }
    for (const hour of hours) {
      if (!mayBeFolded(hour) || isDone(hour)) continue;
      await foldHour(pool, new Date(hour), !unsettled.has(hour));
      folded.hour.set(hour, !unsettled.has(hour));
      done.hours += 1;
    }
    if (!hours.every((hour) => folded.hour.has(hour))) continue;
    await foldDayOfHours(
      pool,
      new Date(day),
      hours.every((hour) => folded.hour.get(hour) === true),
    );
    done.days += 1;
  }
  await forgetHours(pool, new Date(floor(now.getTime() - HOURS_KEPT_MS, DAY_MS)));
  return done;
}

async function firstDay(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ day: string | null }>(
    `select min(right(c.relname, 8)) as day from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'webhook'::regclass and not i.inhdetachpending`,
  );
  const day = rows[0]?.day;
  return day ? startOfDay(day).getTime() : null;
}

/** What is folded, and whether all of it was settled then. */
async function foldedTimes(pool: Pool): Promise<{ hour: Map<number, boolean>; day: Map<number, boolean> }> {
  const { rows } = await pool.query<{ unit: 'hour' | 'day'; at: Date; is_settled: boolean }>(
    `select unit, at, is_settled from statistic_fold where family = 'webhook'`,
  );
  const times = { hour: new Map<number, boolean>(), day: new Map<number, boolean>() };
  for (const { unit, at, is_settled } of rows) times[unit].set(at.getTime(), is_settled);
  return times;
}

async function unsettledHours(pool: Pool): Promise<Set<number>> {
  const { rows } = await pool.query<{ at: Date }>(
    `select distinct ${HOUR_OF('id')} as at from (
       select id from webhook where state = 'received' union all select webhook_id from alert where not settled) busy`,
  );
  return new Set(rows.map(({ at }) => at.getTime()));
}

async function lateHours(pool: Pool, now: Date): Promise<Set<number>> {
  const { rows } = await pool.query<{ at: Date }>(
    `select distinct made.at from (
       select ${HOUR_OF('webhook_id')} as at, settled_at from alert where action = 'create' and webhook_id >= $1) made
     join statistic_fold f on f.unit = 'hour' and f.family = 'webhook' and f.at = made.at
     where made.settled_at > f.folded_at - interval '${LATE_MARGIN}'`,
    [firstIdAt(new Date(now.getTime() - HOURS_KEPT_MS))],
  );
  return new Set(rows.map(({ at }) => at.getTime()));
}

/** Old hours whose day is there and settled. */
async function forgetHours(pool: Pool, before: Date): Promise<void> {
  const ofFoldedDay = (family: string) =>
    `exists (select from statistic_fold d where d.unit = 'day' and d.is_settled and d.at = date_trunc('day', old.at, 'UTC') and d.family = ${family})`;
  await pool.query(
    `delete from statistic old where unit = 'hour' and at < $1 and ${ofFoldedDay(`case old.source when 'refusal' then 'refusal' else 'webhook' end`)}`,
    [before],
  );
  await pool.query(`delete from statistic_fold old where unit = 'hour' and at < $1 and ${ofFoldedDay('old.family')}`, [
    before,
  ]);
}

function floor(at: number, step: number): number {
  return Math.floor(at / step) * step;
}
