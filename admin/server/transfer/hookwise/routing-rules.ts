import { compilePattern } from '../../../../infra/regex.ts';
import { isPlain, readJsonColumn, type Carrier } from './carrier.ts';

/** One thing made of a list of the backup, with its place there. */
export interface Sourced {
  from: string;
  value: Record<string, unknown>;
}

const OVERRIDES: Record<string, string> = {
  board: 'board',
  status: 'status',
  ticket_type: 'type',
  type: 'type',
  subtype: 'subtype',
  item: 'item',
  priority: 'priority',
  customer_id: 'companyId',
};

/** `routing_rules` as our rules, in their order. Paths and patterns are judged later, with everything else. */
export function convertRules(given: unknown, carrier: Carrier): Sourced[] {
  const read = readJsonColumn(given, 'routing_rules', carrier);
  if (read === null) return [];
  if (!Array.isArray(read)) {
    carrier.leave('routing_rules', 'Rules are a list.');
    return [];
  }
  return read.flatMap((rule: unknown, index): Sourced[] => {
    const from = `routing_rules.${index}`;
    if (!isPlain(rule)) {
      carrier.leave(from, 'A rule is an object; HookWise failed at every webhook because of this one.');
      return [];
    }
    const { path, regex, pattern = regex, overrides, ...rest } = rule;
    for (const name of Object.keys(rest)) carrier.leave(`${from}.${name}`, 'A rule has no such part.');
    if (typeof pattern === 'string' && matchesMissing(pattern))
      carrier.note(`${from}: in HookWise it also matched where the path is missing; here such a rule never matches.`);
    return [{ from, value: { path, pattern, overrides: convertOverrides(overrides, `${from}.overrides`, carrier) } }];
  });
}

function convertOverrides(given: unknown, from: string, carrier: Carrier): Record<string, unknown> {
  if (!isPlain(given)) {
    if (given !== undefined && given !== null) carrier.leave(from, 'Overrides are an object.');
    return {};
  }
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const ours = Object.hasOwn(OVERRIDES, name) ? OVERRIDES[name] : undefined;
    if (name === 'drop') {
      if (isTruthy(value)) result['drop'] = true;
    } else if (ours === undefined)
      carrier.leave(`${from}.${name}`, 'There is no such override; HookWise ignored it too.');
    else if (value === null || value === '') result[ours] = null;
    else if (typeof value === 'string' || typeof value === 'number') result[ours] = String(value);
    else carrier.leave(`${from}.${name}`, 'An override is a text.');
    if (name === 'customer_id' && result['companyId'] !== undefined)
      carrier.note(`${from}.${name}: HookWise ignored the company of a rule; here it holds.`);
  }
  return result;
}

/** HookWise read a missing value as the text `None`. A pattern that also matches an empty value is meant for all values. */
function matchesMissing(pattern: string): boolean {
  const compiled = compilePattern(pattern);
  return compiled.ok && compiled.pattern('None');
}

function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isPlain(value) ? Object.keys(value).length > 0 : Boolean(value);
}
