import { maskText } from './mask-text.ts';

/** Why an answer of a model is not worth a note. */
export type AnswerFault = 'empty' | 'babbling';

const THINKING = /<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
const SAME_LINE = 12;
const FEW_WORDS = 60;
const LEAST_SHARE = 0.08;

/**
 * The answer as a note may carry it: without thoughts, control characters and secrets, at most `max` characters. Names the fault
 * of one that says nothing or only repeats itself.
 */
export function checkAnswer(
  answer: string,
  { max, maskingWords }: { max: number; maskingWords: readonly string[] },
): { text: string } | { fault: AnswerFault } {
  const words = answer.replace(THINKING, '').replace(CONTROLS, '').toWellFormed().trim();
  if (!/[\p{L}\p{N}]/u.test(words)) return { fault: 'empty' };
  if (isBabble(words)) return { fault: 'babbling' };
  const masked = maskText(words, maskingWords).replace(/\n{3,}/g, '\n\n');
  if (masked.length <= max) return { text: masked };
  return { text: `${masked.slice(0, max - 4).toWellFormed()} […` };
}

/** One line or a few words again and again. */
function isBabble(text: string): boolean {
  const lines = new Map<string, number>();
  for (const line of text.split('\n').map((part) => part.trim().toLowerCase()))
    if (line !== '') lines.set(line, (lines.get(line) ?? 0) + 1);
  if (Math.max(...lines.values()) > SAME_LINE) return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > FEW_WORDS && new Set(words).size < words.length * LEAST_SHARE;
}
