import type { OutagePolicy, TicketingConfig } from '../contracts/endpoint-config.ts';

/** An incident that came and went while the ticket system was away. Instants are ISO strings. */
export interface HeldAndGone {
  summary: string;
  openedAt: string;
  recoveredAt: string;
  alerts: number;
}

const MOST_LINES = 200;

/** What becomes of incidents of an endpoint that opened and recovered while the ticket system was away. */
export function outagePolicyOf(ticketing: Pick<TicketingConfig, 'outagePolicy'>): OutagePolicy {
  return ticketing.outagePolicy ?? 'both';
}

/** Why an alert that came and went got no ticket of its own, for history and timeline. */
export function outageReason(policy: 'summary' | 'nothing', summaryKey: string | null): string {
  const why = 'Opened and recovered while the ticket system was away';
  return policy === 'nothing'
    ? `${why}: no ticket by the endpoint's outagePolicy "nothing".`
    : `${why}: told by one ticket for all of them (outagePolicy "summary"${summaryKey === null ? '' : `, ${summaryKey}`}).`;
}

/** Summary of the one ticket that tells what came and went. */
export function outageSummary(endpointName: string, gone: readonly HeldAndGone[]): string {
  return `[OUTAGE] Webhook Endpoint: ${endpointName} - ${gone.length} came and went (until ${spanOf(gone).to})`;
}

/** Its description: a line an incident, the oldest first. */
export function outageDescription(endpointName: string, gone: readonly HeldAndGone[]): string {
  const { from, to } = spanOf(gone);
  const sorted = [...gone].sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.summary.localeCompare(b.summary));
  const lines = sorted
    .slice(0, MOST_LINES)
    .map((one) => `- ${one.openedAt} to ${one.recoveredAt}: ${one.summary} (${one.alerts} alerts)`);
  const more = gone.length > MOST_LINES ? [`- and ${gone.length - MOST_LINES} more`] : [];
  const heading = `${gone.length} incidents of ${endpointName} opened and recovered while the ticket system was away, from ${from} to ${to}. None of them is failing now.`;
  return [heading, '', ...lines, ...more].join('\n');
}

function spanOf(gone: readonly HeldAndGone[]): { from: string; to: string } {
  const froms = gone.map(({ openedAt }) => openedAt).sort();
  const tos = gone.map(({ recoveredAt }) => recoveredAt).sort();
  return { from: froms[0] ?? '', to: tos.at(-1) ?? '' };
}
