/** The text with whole characters only, no NUL, and at most `max` UTF-16 units; what is cut off is shown by `...`. */
export function fitText(text: string, max: number): string {
  const whole = text.replaceAll('\u0000', '').toWellFormed();
  if (whole.length <= max) return whole;
  return `${whole
    .slice(0, max - 3)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}...`;
}

/** A note's text with the line by which it is found again; the body gives way where both are longer than `max`. */
export function noteText(note: { body: string; key: string }, max: number): string {
  const marker = `\n\n${markerOf(note.key)}`;
  return `${fitText(note.body, max - marker.length)}${marker}`;
}

/** Whether a note carries the marker of `key`. Line breaks may have become spaces (facts/connectwise.md §5). */
export function carriesMarker(text: string, key: string): boolean {
  const marker = markerOf(key);
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    const isBegin = at === 0 || /\s/.test(text.charAt(at - 1));
    const isEnd = at + marker.length === text.length || /\s/.test(text.charAt(at + marker.length));
    if (isBegin && isEnd) return true;
  }
  return false;
}

function markerOf(key: string): string {
  return `ref: ${key}`;
}
