import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from './checkout.ts';

/** What makes a test slow: it asks for shared servers, or it starts processes. */
const SLOW = [
  /\/ask-servers\.ts$/,
  /\/stack\/(postgres|temporal-server)\.ts$/,
  /\/stack-process\.ts$/,
  /^node:child_process$/,
  /^next\//,
  /^@temporalio\/(testing|worker)$/,
];

/** The test files that need no server and no process, by what they import, directly or through other files of tests. */
export function plainTests(): string[] {
  const slow = new Map<string, boolean>();
  const isSlow = (file: string): boolean => {
    const known = slow.get(file);
    if (known !== undefined) return known;
    slow.set(file, false);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name ?? '');
    const answer = imports.some((name) => {
      if (SLOW.some((mark) => mark.test(name))) return true;
      const inner = name.startsWith('.') ? join(dirname(file), name) : '';
      return inner.startsWith(join(CHECKOUT, 'tests')) && isSlow(inner);
    });
    slow.set(file, answer);
    return answer;
  };
  return globSync('tests/**/*.test.ts', { cwd: CHECKOUT }).filter((file) => !isSlow(join(CHECKOUT, file)));
}
