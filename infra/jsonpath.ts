import type { Json } from '../workflows/contracts/json.ts';
import type { CompiledPath, PathBudget, PathMatch, PathRoots } from '../workflows/domain/compiled-endpoint.ts';
import { runPath } from './jsonpath/bounded-run.ts';
import type { LibraryPath } from './jsonpath/library-path.ts';
import { toLibraryPath } from './jsonpath/library-path.ts';
import type { PathSyntax } from './jsonpath/path-syntax.ts';
import { PathFault } from './jsonpath/path-syntax.ts';
import { readPath } from './jsonpath/read-path.ts';

export type PathResult = { ok: true; path: CompiledPath } | { ok: false; message: string };

/** Compiles the whole of a text as a path; a refusal says what and where. */
export function compilePath(text: string): PathResult {
  try {
    return { ok: true, path: toCompiledPath(text.trim(), readPath(text)) };
  } catch (error) {
    if (error instanceof PathFault) return { ok: false, message: `“${text}” is not a path: ${error.message}` };
    throw error;
  }
}

/** A path that was read, ready to be evaluated. Alternatives are tried in order; the first that finds something answers. */
export function toCompiledPath(text: string, syntax: readonly PathSyntax[]): CompiledPath {
  const alternatives = syntax.map(toLibraryPath);
  return {
    text,
    start: alternatives.every((path) => path.start === 'body') ? 'body' : 'item',
    first: (roots, budget) => firstOf(alternatives, roots, budget),
    all: (roots, budget, max) => allOf(alternatives, roots, budget, max),
  };
}

function firstOf(alternatives: readonly LibraryPath[], roots: PathRoots, budget: PathBudget): PathMatch | null {
  let found: PathMatch | null = null;
  const visit = (value: Json, names: readonly string[]): boolean => {
    found = { value, names };
    return true;
  };
  for (const path of alternatives) {
    runPath(path, roots[path.start], budget, visit);
    if (found !== null) return found;
  }
  return null;
}

function allOf(alternatives: readonly LibraryPath[], roots: PathRoots, budget: PathBudget, max: number): PathMatch[] {
  const found: PathMatch[] = [];
  for (const path of alternatives) {
    runPath(path, roots[path.start], budget, (value, names) => found.push({ value, names }) >= max);
    if (found.length > 0) return found;
  }
  return found;
}
