import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { CompiledPattern } from '../workflows/domain/compiled-endpoint.ts';

export type PatternResult = { ok: true; pattern: CompiledPattern } | { ok: false; message: string };

const LONGEST_PATTERN = 1_000;
/** Of a longer value only the start is searched. */
const LONGEST_TEXT = 16_000;

/** Compiles a pattern in RE2 syntax, unanchored, case ignored. Searching is linear in the text whatever the pattern. */
export function compilePattern(pattern: string): PatternResult {
  if (pattern === '') return { ok: false, message: 'the pattern is empty; .* matches anything' };
  if (pattern.length > LONGEST_PATTERN)
    return { ok: false, message: `the pattern is longer than ${LONGEST_PATTERN} characters` };
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return {
      ok: true,
      pattern: (text) => compiled.test(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text),
    };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return {
      ok: false,
      message: `“${pattern}” is not a pattern in RE2 syntax (no look-around, no back references): ${reasonOf(error)}`,
    };
  }
}

function reasonOf(error: Error): string {
  return error.message.replace(/^error parsing regexp: /, '').replaceAll('(?i)', '');
}
