import { z } from 'zod';

interface Shape {
  $ref?: string;
  $defs?: Record<string, Shape>;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
}

const MOST_LISTED = 12;

/** Words for an unknown name at `path` (dots): the known one that looks like it, else what is known there. */
export function createNameHelp(schema: z.ZodType): (path: string) => string {
  let root: Shape | undefined;
  return (path) => {
    root ??= z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
    const steps = path.split('.');
    const name = steps.pop() ?? '';
    const known = [...new Set(shapesAt(root, steps).flatMap((shape) => Object.keys(shape.properties ?? {})))];
    const near = known
      .map((word) => ({ word, distance: editDistance(name.toLowerCase(), word.toLowerCase()) }))
      .filter(({ word, distance }) => distance <= Math.max(1, Math.floor(word.length / 3)))
      .sort((a, b) => a.distance - b.distance)[0];
    if (near) return `Did you mean "${near.word}"?`;
    const more = known.length > MOST_LISTED ? ', …' : '';
    return known.length === 0
      ? 'Take it away.'
      : `Take it away; known here: ${known.slice(0, MOST_LISTED).join(', ')}${more}.`;
  };
}

function shapesAt(root: Shape, steps: readonly string[]): Shape[] {
  return steps.reduce<Shape[]>(
    (shapes, step) =>
      shapes.flatMap((shape) => {
        const next = /^\d+$/.test(step) && shape.items ? shape.items : shape.properties?.[step];
        return next ? unfold(root, next) : [];
      }),
    unfold(root, root),
  );
}

function unfold(root: Shape, shape: Shape): Shape[] {
  if (shape.$ref) {
    const target = root.$defs?.[shape.$ref.replace('#/$defs/', '')];
    return target ? unfold(root, target) : [];
  }
  const inner = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return [shape, ...inner.flatMap((part) => unfold(root, part))];
}

/** How many letters are put in, taken out, changed or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
