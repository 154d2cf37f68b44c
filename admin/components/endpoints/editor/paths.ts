/** The value at a path of names and places, or undefined. */
export function readAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}

/** The same with another value at a path; nothing given is changed. */
export function withAt(value: unknown, path: readonly string[], next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === step ? withAt(item, rest, next) : item));
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...inner, [step]: withAt(inner[step], rest, next) };
}
