/**
 * What an API key may be narrowed to: areas, and in each reading or writing (which includes reading). The words on the right
 * are the first words of verbs' names. People and keys are in no area: only a key without scopes manages access.
 */
const AREAS = {
  endpoints: ['endpoint', 'recipe', 'heartbeat'],
  history: ['webhook'],
  incidents: ['incident', 'workflow'],
  tickets: ['ticket'],
  settings: ['settings', 'maintenance-window', 'tenant-mapping', 'psa', 'analysis'],
  configuration: ['configuration'],
  live: ['live'],
  stats: ['stats', 'services', 'hookwise'],
  forwarding: ['destination', 'subscription', 'delivery', 'event', 'stream'],
  audit: ['audit'],
} as const satisfies Record<string, readonly string[]>;

export const SCOPES = Object.keys(AREAS).flatMap((area) => [`${area}:read`, `${area}:write`]);

/** Whether `scopes` (empty: no narrowing) include a verb that reads or writes. A verb of no area is in no scope. */
export function scopesInclude(scopes: readonly string[], verbName: string, kind: 'read' | 'write'): boolean {
  if (scopes.length === 0) return true;
  const word = verbName.split('.')[0];
  const [area] = Object.entries(AREAS).find(([, words]) => words.some((known) => known === word)) ?? [];
  if (area === undefined) return false;
  return scopes.includes(`${area}:write`) || (kind === 'read' && scopes.includes(`${area}:read`));
}
