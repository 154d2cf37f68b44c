import { isSame } from '../../../lib/is-same.ts';
import { patchOf } from './patch-of.ts';

type Plain = Record<string, unknown>;

/** What of `draft` differs from what was read, as a patch: objects by their members, lists whole. */
export function changesOf(saved: object, draft: object): object {
  return differing(patchOf(saved) as Plain, patchOf(draft) as Plain);
}

function differing(before: Plain, after: Plain): Plain {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]): [string, unknown][] => {
      const was = before[name];
      if (isSame(was, value)) return [];
      return [[name, isPlain(was) && isPlain(value) ? differing(was, value) : value]];
    }),
  );
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
