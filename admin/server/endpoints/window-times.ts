const FORM = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Whether a text is a time with or without an offset that really exists. */
export function isInstantText(text: string): boolean {
  return FORM.test(text) && !Number.isNaN(Date.parse(isNaive(text) ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T')));
}

/** The instant, in milliseconds, of a text that `isInstantText`; a naive one is meant in `timezone`. */
export function instantOf(text: string, timezone: string): number {
  const iso = text.replace(' ', 'T');
  if (!isNaive(iso)) return Date.parse(iso);
  const asUtc = Date.parse(`${iso}Z`);
  return asUtc - offsetAt(asUtc - offsetAt(asUtc, timezone), timezone);
}

function isNaive(text: string): boolean {
  return !/(Z|[+-]\d{2}:?\d{2})$/i.test(text);
}

function offsetAt(instant: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((entry) => entry.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(instant / 1000) * 1000;
}
