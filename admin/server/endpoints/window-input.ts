import { z } from 'zod';
import type { WeekDay } from '../../../workflows/contracts/endpoint-config.ts';
import { compileWindow } from '../../../workflows/domain/maintenance.ts';
import { filledText, text } from './texts.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const satisfies readonly WeekDay[];

const timezone = text(100).default('UTC');
const policy = z.enum(['skip', 'hold'], 'must be skip or hold').default('skip');
const moment = filledText(40);
const day = z.preprocess(shortDay, z.enum(DAYS, `must be one of ${DAYS.join(', ')}`));

const Once = z.strictObject({ type: z.literal('once'), start: moment, end: moment, timezone, policy });
const Daily = z.strictObject({ type: z.literal('daily'), start: moment, end: moment, timezone, policy });
const Weekly = z.strictObject({
  type: z.literal('weekly'),
  days: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(',').map((entry) => entry.trim()) : given),
      z.array(day).min(1, 'names no day'),
    )
    .transform((days) => DAYS.filter((entry) => days.includes(entry))),
  start: moment,
  end: moment,
  timezone,
  policy,
});

/**
 * A maintenance window. The end minute is outside; daily and weekly ones may run over midnight and belong to the day they
 * start on. A naive `once` is meant in its time zone. Equal start and end is refused, past windows are not.
 */
export const WindowInput = z
  .preprocess(
    withType,
    z.discriminatedUnion('type', [Once, Daily, Weekly], 'must be of the type once, daily or weekly'),
  )
  .superRefine((window, check) => {
    const compiled = compileWindow(window);
    if (!compiled.ok) check.addIssue({ code: 'custom', message: compiled.message });
  });

function withType(given: unknown): unknown {
  return typeof given === 'object' && given !== null && !Array.isArray(given) && !('type' in given)
    ? { ...given, type: 'once' }
    : given;
}

function shortDay(given: unknown): unknown {
  if (typeof given !== 'string' || given.length < 3) return given;
  const short = given.slice(0, 1).toUpperCase() + given.slice(1, 3).toLowerCase();
  const full = {
    Mon: 'monday',
    Tue: 'tuesday',
    Wed: 'wednesday',
    Thu: 'thursday',
    Fri: 'friday',
    Sat: 'saturday',
    Sun: 'sunday',
  }[short];
  return given.length === 3 || full === given.toLowerCase() ? short : given;
}
