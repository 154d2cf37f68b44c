import { DAY_MS, HOUR_MS } from './fold-hour.ts';

/** A span of time that is counted from the rows; without an end it goes on. */
export interface RawSpan {
  from: Date;
  to: Date | null;
}

/** From what the counts of a time are read: days and hours that are folded, and the rows of the rest. Nothing twice. */
export interface Reading {
  days: Date[];
  hours: Date[];
  raw: RawSpan[];
}

/** How to read from `from` (the begin of a UTC day) to now, in steps of `unit`: each part from the most folded there is. */
export function planReading(
  folded: readonly { unit: 'hour' | 'day'; at: Date }[],
  from: Date,
  unit: 'hour' | 'day',
  now: Date,
): Reading {
  const known = { hour: new Set<number>(), day: new Set<number>() };
  for (const one of folded) known[one.unit].add(one.at.getTime());
  const reading: Reading = { days: [], hours: [], raw: [] };
  const thisHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  for (let day = from.getTime(); day <= thisHour; day += DAY_MS) {
    if (unit === 'day' && known.day.has(day)) {
      reading.days.push(new Date(day));
      continue;
    }
    for (let hour = day; hour < Math.min(day + DAY_MS, thisHour); hour += HOUR_MS) {
      if (known.hour.has(hour)) reading.hours.push(new Date(hour));
      else addRaw(reading.raw, hour);
    }
  }
  addRaw(reading.raw, thisHour);
  const last = reading.raw.at(-1);
  if (last) last.to = null;
  return reading;
}

function addRaw(raw: RawSpan[], hour: number): void {
  const last = raw.at(-1);
  const to = new Date(hour + HOUR_MS);
  if (last?.to?.getTime() === hour) last.to = to;
  else raw.push({ from: new Date(hour), to });
}
