type Plain = Record<string, unknown>;

/** `patch` laid over `current`: objects are merged at every depth, all else (lists, null) replaces. Neither is changed. */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isPlain(current) || !isPlain(patch)) return patch;
  const merged: Plain = { ...current };
  for (const [name, value] of Object.entries(patch)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    Object.defineProperty(merged, name, {
      value: mergePatch(before, value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return merged;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
