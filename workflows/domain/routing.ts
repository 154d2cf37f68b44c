import type { RoutingOverrides } from '../contracts/endpoint-config.ts';
import type { MatchedRule } from '../contracts/plan.ts';
import type { CompiledEndpoint } from './compiled-endpoint.ts';
import { cutUnits } from './json-text.ts';
import type { Subject } from './subject.ts';

export type RoutedFields = Partial<Record<Exclude<keyof RoutingOverrides, 'drop'>, string>>;

export interface Routing {
  matched: MatchedRule[];
  fields: RoutedFields;
  /** The pattern of the first rule that drops, or null. */
  droppedBy: string | null;
}

const ROUTED_NAMES = [
  'board',
  'status',
  'type',
  'subtype',
  'item',
  'priority',
  'severity',
  'impact',
  'companyId',
] as const;

/** All rules in order; later matches win field by field. A rule on a missing path never matches; blank overrides override nothing. */
export function applyRules(subject: Subject, endpoint: CompiledEndpoint): Routing {
  const routing: Routing = { matched: [], fields: {}, droppedBy: null };
  for (const rule of endpoint.rules) {
    const match = subject.find(rule.path);
    if (match === null || !rule.pattern(subject.rawText(match))) continue;
    const value = cutUnits(subject.shownText(match), 200);
    routing.matched.push({ index: rule.index, path: rule.pathText, pattern: rule.patternText, value });
    if (rule.overrides.drop === true) routing.droppedBy ??= rule.patternText;
    for (const name of ROUTED_NAMES) {
      const override = rule.overrides[name]?.trim();
      if (override !== undefined && override !== '') routing.fields[name] = override;
    }
  }
  return routing;
}
