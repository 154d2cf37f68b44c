import { Cron } from 'croner';
import { isTimeZone } from '../workflows/domain/local-time.ts';

export type CronResult = { ok: true; next: (afterMs: number) => number | null } | { ok: false; message: string };

const FIELDS = /^\S+ \S+ \S+ \S+ \S+$/;

/**
 * Reads a cron line of five fields (minute, hour, day, month, weekday) in an IANA time zone. `next` answers the first instant
 * after the given one. A time of day that the clocks skip comes at the first instant after the change, one that comes twice
 * counts once; lines with a step or `*` in minute or hour follow the elapsed time. A refusal is a sentence.
 */
export function compileCron(line: string, timezone: string): CronResult {
  const text = line.trim().replace(/\s+/g, ' ');
  if (!FIELDS.test(text))
    return refuse(
      `“${line}” is not five fields (minute hour day month weekday), such as 0 2 * * * for every night at 02:00`,
    );
  if (!isTimeZone(timezone)) return refuse(`“${timezone}” is not a known time zone, such as Europe/Berlin`);
  try {
    const cron = new Cron(text, { timezone, paused: true, mode: '5-part' });
    if (cron.nextRun() === null) return refuse(`“${line}” names a day that never comes; correct its day or month`);
    return { ok: true, next: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() ?? null };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return refuse(`“${line}” is not a cron line (${why}); write one such as 30 2 * * 1-5`);
  }
}

function refuse(message: string): CronResult {
  return { ok: false, message };
}
