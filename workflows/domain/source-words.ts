import type { Json } from '../contracts/json.ts';
import { memberOf } from './sender-number.ts';
import type { Subject } from './subject.ts';

/** The name of what failed: `monitor.name`, `monitor` itself, `title`, `name`; null and blank ones fall through. Masked. */
export function nameOf(subject: Subject): string {
  const monitor = memberOf(subject.item, 'monitor');
  return (
    firstText(subject, [
      memberOf(monitor, 'name'),
      typeof monitor === 'string' ? monitor : undefined,
      memberOf(subject.item, 'title'),
      memberOf(subject.item, 'name'),
    ]) ?? 'Unknown Source'
  );
}

/** What the sender says: `msg`, then `message`; null and blank ones fall through. Masked. */
export function messageOf(subject: Subject): string {
  return firstText(subject, [memberOf(subject.item, 'msg'), memberOf(subject.item, 'message')]) ?? 'No message';
}

function firstText(subject: Subject, values: readonly (Json | undefined)[]): string | null {
  for (const value of values) {
    if (value === undefined || value === null) continue;
    const text = subject.shownText({ value, names: [] }).trim();
    if (text !== '') return text;
  }
  return null;
}
