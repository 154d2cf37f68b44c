import { incidentWorkflowId } from '../contracts/ids.ts';

/** Makes at most 40 characters of `[a-z0-9]` of a text; handed in, so that the rules stay free of packages. */
export type Digest = (text: string) => string;

/** The identity of an incident: the endpoint, its whole summary before the cut, and the customer as the body names it. Frozen once shipped. */
export function incidentKeyOf(endpointId: string, summary: string, customer: string | null, digest: Digest): string {
  return incidentWorkflowId(endpointId, digest(JSON.stringify([summary, customer])));
}

/** The digest of the summary alone, by which a close that names no customer is matched. */
export function summaryDigestOf(summary: string, digest: Digest): string {
  return digest(summary);
}
