/** Forms of workflow ids. Frozen once shipped. */
export function incidentWorkflowId(endpointId: string, digest: string): string {
  return `incident:${endpointId}:${digest}`;
}

/** The endpoint that the workflow id of an incident names. */
export function endpointOfIncident(key: string): string {
  return key.split(':')[1] ?? '';
}

/** One gate workflow a ticket-system connection. */
export function gateWorkflowId(connection: string): string {
  return `gate:${connection}`;
}

/** One timer workflow an endpoint whose silence is watched. */
export function heartbeatWorkflowId(endpointId: string): string {
  return `heartbeat:${endpointId}`;
}

/** The incident that tells what came and went while the ticket system was away; `digest` names a company, "" the endpoint's own. */
export function outageIncidentKey(endpointId: string, digest: string): string {
  return incidentWorkflowId(endpointId, `outage${digest}`);
}

/** The one incident of an endpoint's silence; no summary has this digest. */
export function heartbeatIncidentKey(endpointId: string): string {
  return incidentWorkflowId(endpointId, 'heartbeat');
}
