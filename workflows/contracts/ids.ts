/** Forms of workflow ids. Frozen once shipped. */
export function incidentWorkflowId(endpointId: string, digest: string): string {
  return `incident:${endpointId}:${digest}`;
}

/** One gate workflow a ticket-system connection. */
export function gateWorkflowId(connection: string): string {
  return `gate:${connection}`;
}
