import type { EndpointConfig, MappedField } from '../contracts/endpoint-config.ts';
import type { Json } from '../contracts/json.ts';
import type { RoutedName } from '../contracts/plan-trace.ts';
import type { CompiledWindow } from './maintenance.ts';

/** How many values the paths of one plan may still look at; at 0 they find nothing more. */
export interface PathBudget {
  left: number;
}

/** A value a path found, with the member names that lead to it. */
export interface PathMatch {
  value: Json;
  names: readonly string[];
}

/** Where paths start: `$` is the item of a split webhook, `$root` the whole body. Both are the body where nothing is split. */
export interface PathRoots {
  item: Json;
  body: Json;
}

/** A path, read once for all places of a configuration that name it. Evaluating never throws and looks at no more values than the budget allows. */
export interface CompiledPath {
  text: string;
  /** `body`: finds the same for every item, because it starts at `$root`. */
  start: 'item' | 'body';
  first(roots: PathRoots, budget: PathBudget): PathMatch | null;
  all(roots: PathRoots, budget: PathBudget, max: number): PathMatch[];
}

/** Whether a text holds the pattern. Linear in the text. */
export type CompiledPattern = (text: string) => boolean;

export type TextVariable = 'monitor_name' | 'msg' | 'request_id';

export type TextPart =
  | { kind: 'literal'; text: string }
  | { kind: 'path'; path: CompiledPath }
  | { kind: 'variable'; name: TextVariable };

/** `words`: parts of each word; words are joined by one blank. `text`: parts as they stand. */
export type CompiledText =
  | { form: 'path'; path: CompiledPath }
  | { form: 'words'; words: TextPart[][] }
  | { form: 'text'; parts: TextPart[] };

export interface CompiledRule {
  index: number;
  pathText: string;
  patternText: string;
  path: CompiledPath;
  pattern: CompiledPattern;
  /** What it sets, blank overrides left out. */
  sets: readonly (readonly [field: RoutedName, value: string])[];
  drops: boolean;
}

/** A place in a configuration and what is wrong with it, such as `ticketing.routingRules.1.pattern`. */
export interface ExpressionFault {
  path: string;
  message: string;
}

/** A configuration version with its expressions read. What is wrong never matches and is named in `faults`. */
export interface CompiledEndpoint {
  config: EndpointConfig;
  trigger: CompiledPath | null;
  openValues: ReadonlySet<string>;
  closeValues: ReadonlySet<string>;
  split: CompiledPath | null;
  mapping: readonly { field: MappedField; text: CompiledText }[];
  template: TextPart[] | null;
  rules: readonly CompiledRule[];
  tenantPaths: readonly CompiledPath[];
  windows: readonly CompiledWindow[];
  faults: readonly ExpressionFault[];
  /** What may be saved but will hardly do what was meant, a sentence each with its place. */
  doubts: readonly ExpressionFault[];
}
