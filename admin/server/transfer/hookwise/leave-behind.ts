import type { FieldFault } from '../../errors.ts';
import type { Carrier } from './carrier.ts';
import type { Sourced } from './routing-rules.ts';

/** An endpoint on its way: the parts that may be taken away one by one, each with its place in the backup. */
export interface Draft {
  input: Record<string, unknown> & { ticketing: Record<string, unknown> };
  rules: Sourced[];
  windows: Sourced[];
  verification: Record<string, unknown>[];
}

/**
 * Takes out of `draft` whatever our rules refuse and names it with their words. Answers the faults that nothing can be taken
 * away for.
 */
export function leaveBehind(draft: Draft, faults: readonly FieldFault[], carrier: Carrier): FieldFault[] {
  const stuck: FieldFault[] = [];
  const dead = { rules: new Set<Sourced>(), windows: new Set<Sourced>() };
  for (const fault of faults) {
    const [top = '', second = '', third = ''] = fault.path.split('.');
    const rule = top === 'ticketing' && second === 'routingRules' ? draft.rules[Number(third)] : undefined;
    const window = top === 'maintenance' ? draft.windows[Number(second)] : undefined;
    if (rule) {
      if (!dead.rules.has(rule)) carrier.leave(rule.from, saying(fault));
      dead.rules.add(rule);
    } else if (window) {
      if (!dead.windows.has(window)) carrier.leave(window.from, saying(fault));
      dead.windows.add(window);
    } else if (!takeAway(draft.input, fault, carrier)) stuck.push(fault);
  }
  draft.rules = draft.rules.filter((rule) => !dead.rules.has(rule));
  draft.windows = draft.windows.filter((window) => !dead.windows.has(window));
  return stuck;
}

function takeAway(input: Draft['input'], fault: FieldFault, carrier: Carrier): boolean {
  const [top = '', ...steps] = fault.path.split('.');
  if (top === 'name' || top === 'verification') return false;
  if (top === 'ticketing' && steps[0] === 'mapping' && steps[1] !== undefined) {
    const mapping = input.ticketing['mapping'] as Record<string, unknown>;
    if (!Object.hasOwn(mapping, steps[1]) || mapping[steps[1]] === null) return false;
    mapping[steps[1]] = null;
    carrier.leave(`json_mapping.${steps[1]}`, saying(fault));
    return true;
  }
  const holder = steps.length === 0 ? input : input[top];
  const name = steps[0] ?? top;
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return false;
  Reflect.deleteProperty(holder, name);
  carrier.leave(fault.path, saying(fault));
  return true;
}

function saying({ message }: FieldFault): string {
  const text = message.slice(0, 1).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
