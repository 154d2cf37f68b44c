const LONGEST_MS = 600_000;

/**
 * How long ConnectWise asks to wait, in milliseconds: `Retry-After` in seconds or as a date, else the seconds named in a
 * 429's text (facts/connectwise.md §8.1). Null when it does not say; at most ten minutes.
 */
export function retryAfterMs(header: string | string[] | undefined, text: string, nowMs: number): number | null {
  const given = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const wait = fromHeader(given, nowMs) ?? fromText(text);
  return wait === null ? null : Math.min(Math.max(wait, 0), LONGEST_MS);
}

function fromHeader(given: string, nowMs: number): number | null {
  if (/^\d+(\.\d+)?$/.test(given)) return Math.ceil(Number(given) * 1000);
  const at = /[a-z]{3}/i.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(at) ? null : at - nowMs;
}

function fromText(text: string): number | null {
  const seconds = /again in (\d{1,5}) second/i.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
