import type { FilterSyntax, PathSyntax, Segment, Selector } from './path-syntax.ts';

/** A path in the array form jsonpath-plus follows. `?0`, `?1`, … stand for the steps it must not or cannot do itself. */
export interface LibraryPath {
  start: PathSyntax['start'];
  steps: string[];
  own: OwnStep[];
}

export type OwnStep = { kind: 'filter'; test: FilterSyntax } | { kind: 'union'; steps: string[] };

/** Makes the array form, once per compiled path; no text of the user is ever read by the library. */
export function toLibraryPath(path: PathSyntax): LibraryPath {
  const made: LibraryPath = { start: path.start, steps: [], own: [] };
  for (const segment of path.segments) {
    if (segment.descends) made.steps.push('..');
    made.steps.push(stepOf(segment, made.own));
  }
  return made;
}

function stepOf({ selectors }: Segment, own: OwnStep[]): string {
  const [only] = selectors;
  if (only !== undefined && selectors.length === 1) return oneStep(only, own);
  const names = selectors.flatMap((selector) => (selector.kind === 'name' ? [quoted(selector.name)] : []));
  if (names.length === selectors.length) return names.join(',');
  const steps = selectors.map((selector) => oneStep(selector, own));
  const isForeign = selectors.some(({ kind }) => kind === 'name' || kind === 'filter');
  return isForeign ? ownStep({ kind: 'union', steps }, own) : steps.join(',');
}

function oneStep(selector: Selector, own: OwnStep[]): string {
  switch (selector.kind) {
    case 'name':
      return `\`${selector.name}`;
    case 'wildcard':
      return '*';
    case 'index':
      return selector.index === -1 ? '-1:' : `${selector.index}:${selector.index + 1}`;
    case 'slice':
      return `${selector.start ?? ''}:${selector.end ?? ''}:${selector.step}`;
    case 'filter':
      return ownStep({ kind: 'filter', test: selector.test }, own);
  }
}

function ownStep(step: OwnStep, own: OwnStep[]): string {
  return `?${own.push(step) - 1}`;
}

function quoted(name: string): string {
  return `'${name.replace(/['\\]/g, '\\$&')}'`;
}
