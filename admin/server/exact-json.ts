/** Reads JSON so that writing it again gives the sender's digits: `1.50`, big integers. Throws `SyntaxError`. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepDigits) as unknown;
}

/** The same value with ordinary numbers. */
export function withPlainNumbers(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

type WithRawJson = typeof JSON & { rawJSON(text: string): unknown };

function keepDigits(this: unknown, _name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? (JSON as WithRawJson).rawJSON(source)
    : value;
}
