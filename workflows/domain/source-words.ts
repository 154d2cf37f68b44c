import type { Json } from '../contracts/json.ts';
import type { WordTrace } from '../contracts/plan-trace.ts';
import { memberOf } from './sender-number.ts';
import type { Subject } from './subject.ts';

/** The name of what failed: `monitor.name`, `monitor` itself, `title`, `name`; null and blank ones fall through. Masked. */
export function nameOf(subject: Subject): WordTrace {
  const monitor = memberOf(subject.item, 'monitor');
  return (
    firstText(subject, [
      ['monitor.name', memberOf(monitor, 'name')],
      ['monitor', typeof monitor === 'string' ? monitor : undefined],
      ['title', memberOf(subject.item, 'title')],
      ['name', memberOf(subject.item, 'name')],
    ]) ?? { value: 'Unknown Source', from: null }
  );
}

/** What the sender says: `msg`, then `message`; null and blank ones fall through. Masked. */
export function messageOf(subject: Subject): WordTrace {
  return (
    firstText(subject, [
      ['msg', memberOf(subject.item, 'msg')],
      ['message', memberOf(subject.item, 'message')],
    ]) ?? { value: 'No message', from: null }
  );
}

function firstText(
  subject: Subject,
  values: readonly (readonly [from: string, value: Json | undefined])[],
): WordTrace | null {
  for (const [from, value] of values) {
    if (value === undefined || value === null) continue;
    const text = subject.shownText({ value, names: [] }).trim();
    if (text !== '') return { value: text, from };
  }
  return null;
}
