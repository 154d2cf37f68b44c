import type { JsonNumber } from '../../workflows/contracts/json.ts';

/** The paths this product understands, as read from text. Anything else is refused. */
export interface PathSyntax {
  start: 'item' | 'body';
  segments: Segment[];
}

export interface Segment {
  /** `..`: the selectors apply to the value and to everything below it, parents first. */
  descends: boolean;
  selectors: Selector[];
}

export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; start: number | null; end: number | null; step: number }
  | { kind: 'filter'; test: FilterSyntax };

export type FilterSyntax =
  | { kind: 'and' | 'or'; left: FilterSyntax; right: FilterSyntax }
  | { kind: 'not'; inner: FilterSyntax }
  | { kind: 'exists'; path: SingularPath }
  | { kind: 'compare'; operator: CompareOperator; left: Operand; right: Operand };

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Operand =
  | { kind: 'path'; path: SingularPath }
  | { kind: 'literal'; value: string | number | JsonNumber | boolean | null };

/** A path in a filter: names and indexes only, so that a filter costs little whatever the body. */
export interface SingularPath {
  from: 'current' | 'root';
  steps: (string | number)[];
}

/** Why a path was refused and where in its text. */
export class PathFault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(`${message} (at character ${at + 1})`);
    this.name = 'PathFault';
    this.at = at;
  }
}
