import type { Json } from '../contracts/json.ts';
import type { WordTrace } from '../contracts/plan-trace.ts';
import { memberOf } from './sender-number.ts';
import type { Subject } from './subject.ts';

const MONITOR_NAME = ['monitor', 'name'];
const MONITOR = ['monitor'];
const TITLE = ['title'];
const NAME = ['name'];
const MSG = ['msg'];
const MESSAGE = ['message'];

/** The name of what failed: `monitor.name`, `monitor` itself, `title`, `name`; null and blank ones fall through. Masked. */
export function nameOf(subject: Subject): WordTrace {
  const monitor = memberOf(subject.item, 'monitor');
  return (
    wordOf(subject, MONITOR_NAME, memberOf(monitor, 'name')) ??
    wordOf(subject, MONITOR, typeof monitor === 'string' ? monitor : undefined) ??
    wordOf(subject, TITLE, memberOf(subject.item, 'title')) ??
    wordOf(subject, NAME, memberOf(subject.item, 'name')) ?? { value: 'Unknown Source', from: null }
  );
}

/** What the sender says: `msg`, then `message`; null and blank ones fall through. Masked. */
export function messageOf(subject: Subject): WordTrace {
  return (
    wordOf(subject, MSG, memberOf(subject.item, 'msg')) ??
    wordOf(subject, MESSAGE, memberOf(subject.item, 'message')) ?? { value: 'No message', from: null }
  );
}

function wordOf(subject: Subject, names: readonly string[], value: Json | undefined): WordTrace | null {
  if (value === undefined || value === null) return null;
  const text = subject.shownText({ value, names }).trim();
  return text === '' ? null : { value: text, from: names.join('.') };
}
