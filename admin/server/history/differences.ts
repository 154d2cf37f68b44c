/** A place where two values differ; the side that lacks it is absent. */
export interface Difference {
  path: string;
  left?: unknown;
  right?: unknown;
}

const MOST = 500;

/** The places, in dots, where two JSON values differ; at most 500. */
export function differences(path: string, left: unknown, right: unknown): Difference[] {
  const found: Difference[] = [];
  walk(found, path, left, right);
  return found;
}

function walk(found: Difference[], path: string, left: unknown, right: unknown): void {
  if (found.length >= MOST || left === right) return;
  if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) {
    if (JSON.stringify(left) === JSON.stringify(right)) return;
    found.push({ path, ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) });
    return;
  }
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)]))
    walk(found, `${path}.${name}`, own(left, name), own(right, name));
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null
    ? Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    : typeof value === 'object' && value !== null;
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
