import type { AlertKind } from '../contracts/plan.ts';
import type { CompiledEndpoint } from './compiled-endpoint.ts';
import { cutUnits } from './json-text.ts';
import type { Subject } from './subject.ts';

export interface TriggerOutcome {
  kind: AlertKind;
  /** For people; null when the field is missing. */
  value: string | null;
  step: string;
}

/** What an alert says of its incident: its trigger field compared exactly with the open values, then the close values. A missing field never matches. */
export function readTrigger(subject: Subject, endpoint: CompiledEndpoint): TriggerOutcome {
  const { triggerField, otherValues } = endpoint.config.ticketing;
  const match = endpoint.trigger === null ? null : subject.find(endpoint.trigger);
  const value = match === null ? null : cutUnits(subject.shownText(match), 200);
  const compared = match === null ? null : comparable(subject.rawText(match));
  const said = value === null ? `Trigger ${triggerField} is missing` : `Trigger ${triggerField} is “${value}”`;
  if (compared !== null && endpoint.openValues.has(compared)) return { kind: 'open', value, step: `${said}: open.` };
  if (compared !== null && endpoint.closeValues.has(compared)) return { kind: 'close', value, step: `${said}: close.` };
  if (otherValues === 'open') return { kind: 'open', value, step: `${said}, neither open nor close: counts as open.` };
  return { kind: 'other', value, step: `${said}, neither open nor close: history only.` };
}

/** The values of a list or of comma text, ready to be compared; blank ones are left out. */
export function comparableValues(values: readonly string[] | string): ReadonlySet<string> {
  const list = typeof values === 'string' ? values.split(',') : values;
  return new Set(
    list
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map(comparable),
  );
}

/** `True` and `False`, as Python writes them, are the same as `true` and `false`; all else is compared as it is. */
function comparable(value: string): string {
  if (value === 'True') return 'true';
  return value === 'False' ? 'false' : value;
}
