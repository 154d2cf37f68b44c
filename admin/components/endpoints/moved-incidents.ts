export interface MovedIncidents {
  total: number;
  incidents: { id: string; summary: string; ticketId: string | null; ticketUrl: string | null }[];
}

/** The incidents that stand in the way of a change, out of a refusal's details; null where it was refused for another reason. */
export function movedOf(details: unknown): MovedIncidents | null {
  const given = (details ?? {}) as Partial<MovedIncidents> & { reason?: string };
  return given.reason === 'identity' && given.incidents
    ? { total: given.total ?? 0, incidents: given.incidents }
    : null;
}
