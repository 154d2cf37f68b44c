import { MASK, secretNameTest } from '../../workflows/domain/redaction.ts';

const DEEPEST = 5;

/** The fields of a log line with what stands under a secret name masked, at every depth. Errors and other instances are left to their serializers. */
export function maskedFields(fields: Record<string, unknown>, extraWords: readonly string[]): Record<string, unknown> {
  return maskObject(fields, secretNameTest(extraWords), 0);
}

function maskObject(
  fields: Record<string, unknown>,
  isSecret: (name: string) => boolean,
  depth: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined && value !== null ? MASK : maskValue(value, isSecret, depth + 1),
    ]),
  );
}

function maskValue(value: unknown, isSecret: (name: string) => boolean, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((entry) => maskValue(entry, isSecret, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return maskObject(value as Record<string, unknown>, isSecret, depth);
}
