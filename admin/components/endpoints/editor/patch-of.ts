import { MAPPED_FIELDS } from '../../../../workflows/contracts/endpoint-config.ts';

/** The draft as the verb takes it: blank mappings and blank overrides are taken away, for a patch merges deeply. */
export function patchOf(draft: object): object {
  const { ticketing, ...rest } = draft as { ticketing?: Record<string, unknown> };
  if (ticketing === undefined) return rest;
  const mapping = (ticketing['mapping'] ?? {}) as Record<string, unknown>;
  const rules = (ticketing['routingRules'] ?? []) as { overrides?: Record<string, unknown> }[];
  return {
    ...rest,
    ticketing: {
      ...ticketing,
      mapping: Object.fromEntries(MAPPED_FIELDS.map((field) => [field, mapping[field] || null])),
      routingRules: rules.map((rule) => ({
        ...rule,
        overrides: Object.fromEntries(
          Object.entries(rule.overrides ?? {}).filter(([, value]) => value !== null && value !== '' && value !== false),
        ),
      })),
    },
  };
}
