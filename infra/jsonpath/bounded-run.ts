import type { ExpressionArray, JSONPathCallback, ParentProperty, ParentValue, ReturnObject } from 'jsonpath-plus';
import { JSONPathClass } from 'jsonpath-plus';
import type { Json } from '../../workflows/contracts/json.ts';
import type { PathBudget } from '../../workflows/domain/compiled-endpoint.ts';
import { isJsonObject } from '../../workflows/domain/sender-number.ts';
import { passesFilter } from './filter-test.ts';
import type { LibraryPath } from './library-path.ts';

/** Takes each value a path finds, in order; true ends the run. */
export type Visitor = (value: Json, names: readonly string[]) => boolean;

/** Lets jsonpath-plus find the values of a path, parents before children. Ends when the visitor says so or the budget is used up. */
export function runPath(path: LibraryPath, root: Json, budget: PathBudget, visit: Visitor): void {
  new BoundedRun(path, root, budget, visit)._trace(path.steps, root, ['$'], null, null, undefined, undefined);
}

const NOTHING: ReturnObject[] = [];

/**
 * The walk of jsonpath-plus, with a bound. `_trace` takes one step of the array form and `_walk` lists children; the public
 * `evaluate` puts the array form through a text, which spoils names such as `a^b`, and it neither stops early nor counts.
 * Added here: numbers and texts are leaves, names apply to objects only, filters are ours, each value looked at is counted.
 */
class BoundedRun extends JSONPathClass {
  private readonly own: LibraryPath['own'];
  private readonly root: Json;
  private readonly budget: PathBudget;
  private readonly visit: Visitor;
  private isOver = false;

  constructor(path: LibraryPath, root: Json, budget: PathBudget, visit: Visitor) {
    super({ autostart: false, eval: false });
    this.currEval = false;
    this.own = path.own;
    this.root = root;
    this.budget = budget;
    this.visit = visit;
  }

  override _trace(
    steps: ExpressionArray,
    value: unknown,
    path: ExpressionArray,
    parent: ParentValue,
    property: ParentProperty,
    callback: JSONPathCallback | undefined,
    hasArrExpr: boolean | undefined,
  ): ReturnObject[] {
    const step = steps[0];
    if (step !== '..' && !this.isAffordable()) return NOTHING;
    if (this.isOver) return NOTHING;
    if (step === undefined) {
      this.isOver = this.visit(value as Json, namesOf(path));
      return NOTHING;
    }
    if (!isApplicable(step, value)) return NOTHING;
    if (typeof step === 'string' && step.startsWith('?')) this.takeOwnStep(steps, value, path);
    else super._trace(steps, value, path, parent, property, callback, hasArrExpr);
    return NOTHING;
  }

  override _walk(value: unknown, each: (property: string | number) => void): void {
    super._walk(value, (property) => {
      if (this.isAffordable()) each(property);
    });
  }

  private takeOwnStep([name, ...rest]: ExpressionArray, value: Json, path: ExpressionArray): void {
    const step = this.own[Number(String(name).slice(1))];
    if (step?.kind === 'union')
      for (const choice of step.steps) this._trace([choice, ...rest], value, path, null, null, undefined, true);
    if (step?.kind !== 'filter') return;
    this._walk(value, (property) => {
      const child = (value as { [name: string | number]: Json })[property] ?? null;
      if (!passesFilter(step.test, child, this.root)) return;
      this._trace(rest, child, [...path, property], value, property, undefined, true);
    });
  }

  private isAffordable(): boolean {
    if (this.isOver) return false;
    this.budget.left -= 1;
    this.isOver = this.budget.left < 0;
    return !this.isOver;
  }
}

/** A name that is missing must end here: the library would go on to read it as an operator, such as the comma of `a,b`. */
function isApplicable(step: string | number, value: unknown): value is Json {
  const sign = typeof step === 'string' ? step[0] : '';
  if (typeof step === 'string' && sign === '`')
    return isJsonObject(value as Json) && Object.hasOwn(value as object, step.slice(1));
  return (sign !== "'" && Array.isArray(value)) || isJsonObject(value as Json);
}

function namesOf(path: ExpressionArray): string[] {
  return path.slice(1).filter((part) => typeof part === 'string');
}
