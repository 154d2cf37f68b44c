import { z } from 'zod';

export const NotCarriedView = z
  .object({
    place: z.string().meta({ description: 'Where it stands in the backup, such as 3.routing_rules.1.' }),
    endpoint: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'NotCarried' });
export type NotCarried = z.output<typeof NotCarriedView>;

/** Gathers what of one thing of a backup cannot be carried over, and what people should know of what is. */
export interface Carrier {
  /** `place` inside the thing, such as `routing_rules.1`. */
  leave(place: string, reason: string): void;
  note(text: string): void;
}

/** A column that holds JSON as text, or JSON already; null where it is not set. What is no JSON is left behind. */
export function readJsonColumn(given: unknown, column: string, carrier: Carrier): unknown {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string') return given;
  if (given.trim() === '') return null;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    carrier.leave(column, 'This text is not JSON; HookWise ignored it too.');
    return null;
  }
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
