import { z } from 'zod';
import type { WeekDay } from '../../../workflows/contracts/endpoint-config.ts';
import { instantOf, isInstantText } from './window-times.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const satisfies readonly WeekDay[];

const timezone = z
  .string()
  .refine(isTimeZone, 'is not a known time zone, such as Europe/Berlin')
  .default('UTC');
const policy = z.enum(['skip', 'hold'], 'must be skip or hold').default('skip');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00');
const day = z.preprocess(shortDay, z.enum(DAYS, `must be one of ${DAYS.join(', ')}`));
const instant = z.string().refine(isInstantText, 'must be a time such as 2026-03-01T22:00 or 2026-03-01T22:00:00Z');

const Once = z.strictObject({ type: z.literal('once'), start: instant, end: instant, timezone, policy });
const Daily = z.strictObject({ type: z.literal('daily'), start: clock, end: clock, timezone, policy });
const Weekly = z.strictObject({
  type: z.literal('weekly'),
  days: z.preprocess((given) => (typeof given === 'string' ? given.split(',').map((entry) => entry.trim()) : given), z.array(day).min(1, 'names no day')).transform((days) => DAYS.filter((entry) => days.includes(entry))),
  start: clock,
  end: clock,
  timezone,
  policy,
});

/**
 * A maintenance window. The end minute is outside; daily and weekly ones may run over midnight and belong to the day they
 * start on. A naive `once` is meant in its time zone. Equal start and end is refused, past windows are not.
 */
export const WindowInput = z
  .preprocess(withType, z.discriminatedUnion('type', [Once, Daily, Weekly], 'must be of the type once, daily or weekly'))
  .superRefine((window, check) => {
    const isBackwards =
      window.type === 'once' ? instantOf(window.start, window.timezone) >= instantOf(window.end, window.timezone) : window.start === window.end;
    if (isBackwards) check.addIssue({ code: 'custom', message: window.type === 'once' ? 'The end must come after the start.' : 'Start and end are the same.' });
  });

function withType(given: unknown): unknown {
  return typeof given === 'object' && given !== null && !Array.isArray(given) && !('type' in given) ? { ...given, type: 'once' } : given;
}

function shortDay(given: unknown): unknown {
  if (typeof given !== 'string' || given.length < 3) return given;
  const short = given.slice(0, 1).toUpperCase() + given.slice(1, 3).toLowerCase();
  const full = { Mon: 'monday', Tue: 'tuesday', Wed: 'wednesday', Thu: 'thursday', Fri: 'friday', Sat: 'saturday', Sun: 'sunday' }[short];
  return given.length === 3 || full === given.toLowerCase() ? short : given;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
