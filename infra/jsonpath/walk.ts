import type { Json } from '../../workflows/contracts/json.ts';
import type { PathBudget } from '../../workflows/domain/compiled-endpoint.ts';
import { isJsonObject } from '../../workflows/domain/sender-number.ts';
import { itemAt, passesFilter } from './filter-test.ts';
import type { PathSyntax, Segment, Selector } from './path-syntax.ts';

/** Takes each value a path finds, in order; true ends the walk. */
export type Visitor = (value: Json, names: readonly string[]) => boolean;

/** Walks the values a path finds, parents before children. Ends when the visitor says so or the budget is used up. */
export function walkPath(path: PathSyntax, root: Json, budget: PathBudget, visit: Visitor): boolean {
  return walkFrom({ segments: path.segments, root, budget, visit, names: [] }, root, 0);
}

interface Walk {
  segments: readonly Segment[];
  root: Json;
  budget: PathBudget;
  visit: Visitor;
  names: string[];
}

function walkFrom(walk: Walk, value: Json, at: number): boolean {
  walk.budget.left -= 1;
  if (walk.budget.left < 0) return true;
  const segment = walk.segments[at];
  if (segment === undefined) return walk.visit(value, walk.names);
  for (const selector of segment.selectors) if (select(walk, selector, value, at + 1)) return true;
  return segment.descends && descend(walk, value, at);
}

function descend(walk: Walk, value: Json, at: number): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null && walkFrom(walk, item, at)) return true;
    return false;
  }
  if (!isJsonObject(value)) return false;
  for (const name in value) {
    const member = value[name];
    if (typeof member === 'object' && member !== null && step(walk, name, member, at)) return true;
  }
  return false;
}

function select(walk: Walk, selector: Selector, value: Json, next: number): boolean {
  switch (selector.kind) {
    case 'name': {
      if (!isJsonObject(value) || !Object.hasOwn(value, selector.name)) return false;
      return step(walk, selector.name, value[selector.name] ?? null, next);
    }
    case 'index': {
      const item = itemAt(value, selector.index);
      return item !== undefined && walkFrom(walk, item, next);
    }
    case 'wildcard':
      return eachChild(walk, value, next, () => true);
    case 'filter':
      return eachChild(walk, value, next, (child) => passesFilter(selector.test, child, walk.root));
    case 'slice':
      return Array.isArray(value) && walkSlice(walk, selector, value, next);
  }
}

function eachChild(walk: Walk, value: Json, next: number, isWanted: (child: Json) => boolean): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (isAffordable(walk) && isWanted(item) && walkFrom(walk, item, next)) return true;
    return false;
  }
  if (!isJsonObject(value)) return false;
  for (const name in value) {
    const member = value[name] ?? null;
    if (isAffordable(walk) && isWanted(member) && step(walk, name, member, next)) return true;
  }
  return false;
}

function isAffordable(walk: Walk): boolean {
  walk.budget.left -= 1;
  return walk.budget.left >= 0;
}

function step(walk: Walk, name: string, member: Json, next: number): boolean {
  walk.names.push(name);
  const isOver = walkFrom(walk, member, next);
  walk.names.pop();
  return isOver;
}

function walkSlice(walk: Walk, slice: Selector & { kind: 'slice' }, list: Json[], next: number): boolean {
  const { start, end } = sliceBounds(slice, list.length);
  for (let index = start; slice.step > 0 ? index < end : index > end; index += slice.step) {
    if (walkFrom(walk, list[index] ?? null, next)) return true;
  }
  return false;
}

function sliceBounds(slice: Selector & { kind: 'slice' }, length: number): { start: number; end: number } {
  const fromEnd = (index: number): number => (index < 0 ? index + length : index);
  if (slice.step > 0) {
    const start = slice.start === null ? 0 : Math.max(0, fromEnd(slice.start));
    const end = slice.end === null ? length : Math.min(length, fromEnd(slice.end));
    return { start, end };
  }
  const start = slice.start === null ? length - 1 : Math.min(length - 1, fromEnd(slice.start));
  const end = slice.end === null ? -1 : Math.max(-1, fromEnd(slice.end));
  return { start, end };
}
