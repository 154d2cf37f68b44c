/** The places, in dots, where two JSON values differ; lists of another length differ as a whole. The order of names does not matter. */
export function differences(before: unknown, after: unknown, place = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [place];
    return before.flatMap((entry, index) => differences(entry, after[index], join(place, String(index))));
  }
  if (isPlain(before) && isPlain(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences(before[name], after[name], join(place, name)));
  }
  return before === after ? [] : [place];
}

function join(place: string, step: string): string {
  return place === '' ? step : `${place}.${step}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
