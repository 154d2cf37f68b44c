import type { Queryable } from '../../infra/database/pool.ts';
import type { Plan, TicketDraft } from '../../workflows/contracts/plan.ts';
import type { IncidentRow } from '../journal/incident-row.ts';

/** The ticket as the plan of one alert has it; null when the plan is gone. */
export async function readPlannedTicket(db: Queryable, alert: { webhookId: string; n: number }): Promise<TicketDraft | null> {
  const { rows } = await db.query('select plan from webhook_text where id = $1', [alert.webhookId]);
  const plan = (rows[0] as { plan: Plan } | undefined)?.plan;
  return plan?.alerts.find((planned) => planned.n === alert.n)?.ticket ?? null;
}

/** The draft of the incident's next ticket; one from the incident's own words where no plan is kept any more. */
export async function readDraft(db: Queryable, row: IncidentRow, alert = row.draft): Promise<TicketDraft> {
  const planned = alert === null ? null : await readPlannedTicket(db, alert);
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
