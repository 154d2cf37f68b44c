import { z } from 'zod';

const storable = (text: string) => !text.includes('\0') && text.isWellFormed();

/** A text that Postgres can keep, at most `max` characters. */
export function text(max: number) {
  return z
    .string('must be a text')
    .max(max, `must be at most ${max} characters`)
    .refine(storable, 'must not hold NUL or broken characters');
}

/** A text with something in it, trimmed. */
export function filledText(max: number) {
  return z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .refine(storable, 'must not hold NUL or broken characters');
}

/** Null and blank mean "not set". */
export function optionalText(max: number) {
  return text(max)
    .nullable()
    .transform((value) => (value === null || value.trim() === '' ? null : value.trim()))
    .default(null);
}

/** A list of texts; comma text is taken too, and numbers and booleans become text as JSON writes them. Blank entries are dropped. */
export function textList(max: number, fallback: readonly string[]) {
  return z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(',') : given),
      z.array(z.union([text(500), z.number(), z.boolean()], 'must be a text'), 'must be a list of texts').max(max),
    )
    .transform((entries) => entries.map((entry) => String(entry).trim()).filter((entry) => entry !== ''))
    .default([...fallback]);
}

/** A whole number of seconds, or another count. */
export function count(min: number, max: number, fallback: number) {
  return z
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);
}

export function flag(fallback: boolean) {
  return z.boolean('must be true or false').default(fallback);
}
