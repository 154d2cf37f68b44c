import type { MatchedRule } from '../contracts/plan.ts';
import type { RoutedName, RuleTrace } from '../contracts/plan-trace.ts';
import type { CompiledEndpoint, CompiledPath, CompiledRule, PathMatch } from './compiled-endpoint.ts';
import { cutUnits } from './json-text.ts';
import type { Subject } from './subject.ts';

export type RoutedFields = Partial<Record<RoutedName, string>>;

export interface Routing {
  matched: MatchedRule[];
  fields: RoutedFields;
  /** The pattern of the first rule that drops, or null. */
  droppedBy: string | null;
}

export const ROUTED_NAMES = [
  'board',
  'status',
  'type',
  'subtype',
  'item',
  'priority',
  'severity',
  'impact',
  'companyId',
] as const satisfies readonly RoutedName[];

/** Where the rules of an alert are told; `before` says what a field held without any rule. */
export interface RoutingTrace {
  rules: RuleTrace[];
  before(field: RoutedName): string | null;
}

/** All rules in order; later matches win field by field. A rule on a missing path never matches; blank overrides override nothing. */
export function applyRules(subject: Subject, endpoint: CompiledEndpoint, trace?: RoutingTrace): Routing {
  const routing: Routing = { matched: [], fields: {}, droppedBy: null };
  let path: CompiledPath | null = null;
  let match: PathMatch | null = null;
  for (const rule of endpoint.rules) {
    subject.allowance.rules -= 1;
    if (subject.allowance.rules < 0) break;
    if (rule.path !== path) match = subject.find(rule.path);
    path = rule.path;
    const isMatch: boolean = match !== null && rule.pattern(subject.rawText(match));
    const told = trace && beginRule(trace, rule, match && cutUnits(subject.shownText(match), 200), isMatch);
    if (match === null || !isMatch) continue;
    const value = cutUnits(subject.shownText(match), 200);
    routing.matched.push({ index: rule.index, path: rule.pathText, pattern: rule.patternText, value });
    if (rule.drops) routing.droppedBy ??= rule.patternText;
    for (const [field, override] of rule.sets) {
      told?.overrides.push({
        field,
        value: override,
        before: routing.fields[field] ?? trace?.before(field) ?? null,
      });
      routing.fields[field] = override;
    }
  }
  return routing;
}

function beginRule(trace: RoutingTrace, rule: CompiledRule, value: string | null, matched: boolean): RuleTrace {
  const { index, pathText: path, patternText: pattern } = rule;
  const told = { index, path, pattern, value, matched, drops: matched && rule.drops, overrides: [] };
  trace.rules.push(told);
  return told;
}
