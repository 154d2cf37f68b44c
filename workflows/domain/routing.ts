import type { MatchedRule } from '../contracts/plan.ts';
import type { RoutedName, RuleTrace } from '../contracts/plan-trace.ts';
import type { CompiledEndpoint, CompiledRule } from './compiled-endpoint.ts';
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
  for (const rule of endpoint.rules) {
    const match = subject.find(rule.path);
    const isMatch = match !== null && rule.pattern(subject.rawText(match));
    const told = trace && beginRule(trace, rule, match && cutUnits(subject.shownText(match), 200), isMatch);
    if (!isMatch) continue;
    const value = cutUnits(subject.shownText(match), 200);
    routing.matched.push({ index: rule.index, path: rule.pathText, pattern: rule.patternText, value });
    if (rule.overrides.drop === true) routing.droppedBy ??= rule.patternText;
    for (const name of ROUTED_NAMES) {
      const override = rule.overrides[name]?.trim();
      if (override === undefined || override === '') continue;
      told?.overrides.push({
        field: name,
        value: override,
        before: routing.fields[name] ?? trace?.before(name) ?? null,
      });
      routing.fields[name] = override;
    }
  }
  return routing;
}

function beginRule(trace: RoutingTrace, rule: CompiledRule, value: string | null, matched: boolean): RuleTrace {
  const { index, pathText: path, patternText: pattern } = rule;
  const told = { index, path, pattern, value, matched, drops: matched && rule.overrides.drop === true, overrides: [] };
  trace.rules.push(told);
  return told;
}
