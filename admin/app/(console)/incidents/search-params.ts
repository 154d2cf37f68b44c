/** The filters of the list as the address has them; what is repeated counts once. */
export interface IncidentSearch extends Record<string, string | undefined> {
  q?: string;
  phase?: string;
  open?: string;
  cursor?: string;
}

const NAMES = ['q', 'phase', 'open', 'cursor'] as const;

export function readIncidentSearch(given: Record<string, string | string[] | undefined>): IncidentSearch {
  const search: IncidentSearch = {};
  for (const name of NAMES) {
    const value = [given[name]].flat()[0];
    if (value !== undefined && value !== '') search[name] = value;
  }
  return search;
}
