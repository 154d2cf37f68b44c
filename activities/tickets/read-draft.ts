import { loadEndpointVersion } from '../../infra/database/config-store.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { Plan, TicketDraft } from '../../workflows/contracts/plan.ts';
import { refreshTicket } from '../../workflows/domain/refresh-ticket.ts';
import type { IncidentRow } from '../journal/incident-row.ts';

/** The ticket as the plan of one alert has it, its endpoint's newer settings taken into account; null when the plan is gone. */
async function readPlannedTicket(
  db: Queryable,
  row: IncidentRow,
  alert: { webhookId: string; n: number },
): Promise<TicketDraft | null> {
  const { rows } = await db.query('select plan from webhook_text where id = $1', [alert.webhookId]);
  const plan = (rows[0] as { plan: Plan } | undefined)?.plan;
  const planned = plan?.alerts.find((candidate) => candidate.n === alert.n);
  if (!plan || !planned) return null;
  if (plan.configVersion === row.configVersion) return planned.ticket;
  const before = await loadEndpointVersion(db, row.endpointId, plan.configVersion);
  return before === null
    ? planned.ticket
    : refreshTicket(planned.ticket, planned.companySource, before.ticketing, row.config.ticketing);
}

/** The draft of the incident's next ticket; one from the incident's own words where no plan is kept any more. */
export async function readDraft(db: Queryable, row: IncidentRow, alert = row.draft): Promise<TicketDraft> {
  const planned = alert === null ? null : await readPlannedTicket(db, row, alert);
  if (planned) return planned;
  const ticketing = row.config.ticketing;
  return {
    summary: [...row.summary].length > 99 ? `${[...row.summary].slice(0, 96).join('')}...` : row.summary,
    description: `Source: ${row.name}\nThe webhook that began this incident is no longer kept.`,
    companyId: row.company ?? ticketing.companyId,
    board: ticketing.board,
    status: ticketing.status,
    closeStatus: ticketing.closeStatus,
    type: ticketing.type,
    subtype: ticketing.subtype,
    item: ticketing.item,
    priority: ticketing.priority,
    severity: ticketing.severity,
    impact: ticketing.impact,
  };
}
