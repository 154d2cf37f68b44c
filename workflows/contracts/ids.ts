/** Forms of workflow ids. Frozen once shipped. */
export function incidentWorkflowId(endpointId: string, digest: string): string {
  return `incident:${endpointId}:${digest}`;
}

/** One gate workflow a ticket-system connection. */
export function gateWorkflowId(connection: string): string {
  return `gate:${connection}`;
}

/** One timer workflow an endpoint whose silence is watched. */
export function heartbeatWorkflowId(endpointId: string): string {
  return `heartbeat:${endpointId}`;
}

/** The one incident of an endpoint's silence; no summary has this digest. */
export function heartbeatIncidentKey(endpointId: string): string {
  return incidentWorkflowId(endpointId, 'heartbeat');
}
