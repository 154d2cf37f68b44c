import { v7 } from 'uuid';
import type { Queryable } from '../../infra/database/pool.ts';
import { raiseBells } from '../../infra/database/raise-bells.ts';
import { writeAlerts, writeTexts, type AlertRow } from '../../infra/database/write-alerts.ts';
import { heartbeatIncidentKey } from '../../workflows/contracts/ids.ts';
import type { CompanySource, Plan, TicketDraft } from '../../workflows/contracts/plan.ts';
import { companyTag } from '../../workflows/domain/company.ts';
import { silenceSummary } from '../../workflows/domain/staleness-words.ts';
import { draftTicket } from '../../workflows/domain/ticket-draft.ts';
import type { WatchedRow } from './heartbeat-row.ts';

export interface Silence {
  endpointId: string;
  endpoint: WatchedRow;
  connection: string;
  defaultCompanyId: string | null;
  /** What the alert says. */
  message: string;
  deadlineMs: number;
}

/** Tells a silence as a sender does: one alert of the endpoint's heartbeat incident, with its plan and a raised bell. */
export async function raiseSilence(tx: Queryable, silence: Silence): Promise<void> {
  const { endpointId, endpoint } = silence;
  const key = heartbeatIncidentKey(endpointId);
  const [ticket, companySource] = ticketOf(silence);
  const { ids } = await raiseBells(tx, [
    {
      id: v7(),
      key,
      endpointId,
      shard: endpoint.shard,
      connection: silence.connection,
      name: endpoint.name,
      summary: ticket.summary,
      summaryDigest: 'heartbeat',
      customer: null,
      company: ticket.companyId,
      priority: ticket.priority,
      alerts: 1,
      bell: true,
    },
  ]);
  const id = v7();
  const { rows } = await tx.query<{ seq: number }>(`select nextval('webhook_seq') as seq`);
  const alert: AlertRow = {
    webhookId: id,
    n: 0,
    seq: rows[0]?.seq ?? 0,
    endpointId,
    incidentId: ids.get(key) ?? null,
    kind: 'open',
    state: 'open',
    error: null,
    message: silence.message,
    receivedAt: new Date(silence.deadlineMs),
  };
  const plan = planOf(silence, key, ticket, companySource);
  const body = { heartbeat: { endpointId, deadline: alert.receivedAt.toISOString(), message: silence.message } };
  await writeTexts(tx, [{ id, body: JSON.stringify(body), search: '', plan: JSON.stringify(plan) }]);
  await writeAlerts(tx, [alert]);
}

function ticketOf({ endpoint, endpointId, message, defaultCompanyId }: Silence): [TicketDraft, CompanySource] {
  const { ticketing, heartbeat } = endpoint.config;
  const tag = companyTag([endpoint.name]);
  const own = ticketing.companyId?.trim() || null;
  const companyId = tag ?? own ?? defaultCompanyId;
  const source = tag !== null ? 'tag' : own !== null ? 'endpoint' : companyId !== null ? 'environment' : 'none';
  const summary = silenceSummary(endpoint.name, heartbeat);
  const description = `${message}\n\nEndpoint: ${endpoint.name}\nEndpoint ID: ${endpointId}`;
  return [draftTicket({ ticketing, mapped: {}, routed: {}, summary, description, companyId }), source];
}

function planOf(silence: Silence, key: string, ticket: TicketDraft, companySource: CompanySource): Plan {
  return {
    configVersion: silence.endpoint.version,
    sender: { kind: 'heartbeat', webhookId: null },
    alerts: [
      {
        n: 0,
        kind: 'open',
        disposition: 'incident',
        reason: null,
        explanation: 'The endpoint is silent.',
        incidentKey: key,
        summaryDigest: 'heartbeat',
        customer: null,
        name: silence.endpoint.name,
        message: silence.message,
        ticket,
        companySource,
        triggerValue: null,
        matchedRules: [],
        mapped: {},
      },
    ],
    steps: [silence.message],
    warnings: [],
    failure: null,
  };
}
