import { asInput, type EndpointRow } from '../endpoints/present.ts';
import { EndpointInput } from '../endpoints/schemas.ts';
import { differences } from './differences.ts';

type Plain = Record<string, unknown>;

/** How the secrets of an endpoint are written: its key, and one text for each verifier that has a secret. */
export interface WrittenSecrets {
  key: string;
  /** By the verifier's place in the list. */
  verifiers: readonly (string | null)[];
}

const DEFAULTS: Plain = EndpointInput.parse({ name: 'any' });

/** An endpoint as it stands in a file: in the order of the schema, what is not set and need not be said left out. */
export function describeEndpoint(row: EndpointRow, secrets: WrittenSecrets): Plain {
  const config = asInput(row.config);
  const { name, verification, ...rest } = EndpointInput.safeParse(config).data ?? config;
  return {
    id: row.id,
    name,
    key: secrets.key,
    ...said(rest, DEFAULTS),
    verification: verification.map((entry, index) => {
      const text = secrets.verifiers[index] ?? 'keep';
      if (entry.type === 'bearer') return { ...entry, token: text };
      return entry.type === 'hmac' ? { ...entry, secret: text } : entry;
    }),
  };
}

/** What of `value` must be said: all but what is nothing by default and is nothing here. */
function said(value: Plain, defaults: Plain): Plain {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]): [string, unknown][] => {
      const usual = defaults[name];
      if (isNothing(own) && differences(usual, own).length === 0) return [];
      return [[name, isPlain(own) && isPlain(usual) && !isNothing(usual) ? said(own, usual) : own]];
    }),
  );
}

function isNothing(value: unknown): boolean {
  if (value === null || value === '' || value === undefined) return true;
  return Array.isArray(value) ? value.length === 0 : isPlain(value) && Object.keys(value).length === 0;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
