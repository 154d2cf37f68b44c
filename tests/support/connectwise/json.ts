export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

/** An instant as ConnectWise writes it: UTC, whole seconds. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
