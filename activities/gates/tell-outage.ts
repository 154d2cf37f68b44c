import { v7 } from 'uuid';
import type { Queryable } from '../../infra/database/pool.ts';
import { raiseBells } from '../../infra/database/raise-bells.ts';
import { writeAlerts, writeTexts, type AlertRow } from '../../infra/database/write-alerts.ts';
import type { Plan, PlannedAlert, TicketDraft } from '../../workflows/contracts/plan.ts';
import { outageDescription, outageSummary, type HeldAndGone } from '../../workflows/domain/holding-pen.ts';
import { draftTicket } from '../../workflows/domain/ticket-draft.ts';
import type { ActivityDeps } from '../deps.ts';
import type { HeldEndpoint } from './settle-held.ts';

export interface Outage {
  deps: ActivityDeps;
  endpoint: HeldEndpoint;
  connection: string;
  company: string | null;
  key: string;
  gone: readonly HeldAndGone[];
  now: string;
}

/**
 * Tells what came and went as a sender does: an alert and its close at once, of the endpoint's outage incident, whose ticket
 * is made, or noted where one is open, and closed.
 */
export async function tellOutage(tx: Queryable, outage: Outage): Promise<void> {
  const { endpoint, key, now, connection } = outage;
  const ticket = ticketOf(outage);
  const { ids } = await raiseBells(tx, [
    {
      id: v7(),
      key,
      endpointId: endpoint.id,
      shard: endpoint.shard,
      connection,
      name: endpoint.name,
      summary: ticket.summary,
      summaryDigest: 'outage',
      customer: null,
      company: ticket.companyId,
      priority: ticket.priority,
      alerts: 2,
      bell: true,
    },
  ]);
  const id = v7();
  const { rows } = await tx.query<{ seq: number }>(`select nextval('webhook_seq') as seq`);
  const told = {
    webhookId: id,
    seq: rows[0]?.seq ?? 0,
    endpointId: endpoint.id,
    incidentId: ids.get(key) ?? null,
    state: 'open' as const,
    error: null,
    receivedAt: new Date(now),
  };
  const opened: AlertRow = { ...told, n: 0, kind: 'open', message: ticket.summary };
  const closed: AlertRow = { ...told, n: 1, kind: 'close', message: 'All of them recovered by themselves.' };
  const plan = planOf(outage, ticket, [opened, closed]);
  const body = { outage: { endpointId: endpoint.id, incidents: outage.gone.length } };
  await writeTexts(tx, [{ id, body: JSON.stringify(body), search: '', plan: JSON.stringify(plan) }]);
  await writeAlerts(tx, [opened, closed]);
}

function ticketOf({ endpoint, company, deps, gone }: Outage): TicketDraft {
  const { ticketing } = endpoint.config;
  const companyId = company ?? (ticketing.companyId?.trim() || deps.settings.defaults.defaultCompanyId);
  const summary = outageSummary(endpoint.name, gone);
  const description = outageDescription(endpoint.name, gone);
  return draftTicket({ ticketing, mapped: {}, routed: {}, summary, description, companyId });
}

function planOf(outage: Outage, ticket: TicketDraft, alerts: readonly AlertRow[]): Plan {
  const { endpoint, key } = outage;
  return {
    configVersion: endpoint.version,
    sender: { kind: 'outage', webhookId: null },
    alerts: alerts.map(({ n, kind, message }): PlannedAlert => ({
      n,
      kind,
      disposition: 'incident',
      reason: null,
      explanation: 'What came and went while the ticket system was away.',
      incidentKey: key,
      summaryDigest: 'outage',
      customer: null,
      name: endpoint.name,
      message,
      ticket,
      companySource: ticket.companyId === null ? 'none' : 'endpoint',
      triggerValue: null,
      matchedRules: [],
      mapped: {},
    })),
    steps: [ticket.summary],
    warnings: [],
    failure: null,
  };
}
