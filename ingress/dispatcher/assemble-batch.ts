import type { Plan, PlannedAlert } from '../../workflows/contracts/plan.ts';
import type { CloseRoutes } from '../../workflows/domain/close-routes.ts';
import { isUnnamedClose } from '../../workflows/domain/close-routes.ts';
import type { IncidentNews } from '../../infra/database/raise-bells.ts';
import type { InboxRow } from './inbox-row.ts';
import type { AlertRow } from '../../infra/database/write-alerts.ts';

/** An alert whose incident is known by key; its row's id comes with the locked rows. */
export type DraftAlert = Omit<AlertRow, 'incidentId'> & { incidentKey: string | null };

export interface Batch {
  alerts: DraftAlert[];
  news: IncidentNews[];
}

export interface BatchSettings {
  shard: number;
  /** The ticket system of incidents without a ticket. */
  connection: string;
  newId(): string;
}

/** Turns the plans of a batch, in `seq` order, into alert rows and what they say of each incident. Pure but for `newId`. */
export function assembleBatch(
  planned: readonly { row: InboxRow; plan: Plan }[],
  routes: CloseRoutes,
  settings: BatchSettings,
): Batch {
  const alerts: DraftAlert[] = [];
  const news = new Map<string, IncidentNews>();
  for (const { row, plan } of planned) {
    for (const alert of plan.alerts) {
      const draft = draftAlert(row, alert, routes);
      alerts.push(draft);
      if (draft.incidentKey !== null) addNews(news, draft.incidentKey, draft.state === 'open', row, alert, settings);
    }
  }
  return { alerts, news: [...news.values()] };
}

function draftAlert(row: InboxRow, alert: PlannedAlert, routes: CloseRoutes): DraftAlert {
  const draft = {
    webhookId: row.id,
    n: alert.n,
    seq: row.seq,
    endpointId: row.endpointId,
    kind: alert.kind,
    error: null,
    message: alert.message,
    receivedAt: row.receivedAt,
  };
  if (alert.disposition === 'skip') return { ...draft, state: 'skipped', incidentKey: null };
  if (isUnnamedClose(alert)) {
    const route = routes.routeOf(row.endpointId, alert);
    if (route.to === 'nobody') return { ...draft, state: 'failed', error: route.error, incidentKey: null };
    return { ...draft, state: 'open', incidentKey: route.key };
  }
  if (alert.kind !== 'close') routes.noteOpen(row.endpointId, alert);
  return { ...draft, state: alert.disposition === 'hold' ? 'held' : 'open', incidentKey: alert.incidentKey };
}

function addNews(
  news: Map<string, IncidentNews>,
  key: string,
  bell: boolean,
  row: InboxRow,
  alert: PlannedAlert,
  settings: BatchSettings,
): void {
  const known = news.get(key);
  const words = { name: alert.name, company: alert.ticket.companyId, priority: alert.ticket.priority };
  if (known !== undefined) {
    known.alerts += 1;
    known.bell ||= bell;
    if (alert.kind !== 'close') Object.assign(known, words);
    return;
  }
  news.set(key, {
    id: settings.newId(),
    key,
    endpointId: row.endpointId,
    shard: settings.shard,
    connection: settings.connection,
    summary: alert.ticket.summary,
    summaryDigest: alert.summaryDigest,
    customer: alert.customer,
    alerts: 1,
    bell,
    ...words,
  });
}
