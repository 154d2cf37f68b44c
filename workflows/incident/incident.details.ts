import type { IncidentSnapshot } from '../contracts/incident.ts';

/** The incident in Markdown, for the details of the Temporal Web UI. */
export function describeIncident(state: IncidentSnapshot): string {
  const ticket = state.ticketId ?? state.lastTicketId;
  const link = ticket === null ? 'none yet' : state.ticketUrl === null ? ticket : `[${ticket}](${state.ticketUrl})`;
  const lines = [
    `**${state.summary}**`,
    '',
    `- Phase: **${state.phase}**`,
    `- Ticket: ${link}${state.ticketId === null && ticket !== null ? ' (the last one)' : ''}`,
    `- Endpoint: ${state.endpointName}`,
    ...(state.company === null ? [] : [`- Company: ${state.company}`]),
    `- Alerts: ${state.alerts}`,
    ...(state.pendingCount > 0 ? [`- Waiting for the next note: ${state.pendingCount}`] : []),
    ...(state.analysisId == null ? [] : ['- A language model is asked for the root cause.']),
    ...(state.gateIsOpen ? [] : ['- The connection to the ticket system is down; its gate probes it.']),
    ...(state.error === null ? [] : ['', '```', state.error, '```']),
  ];
  return lines.join('\n');
}
