import { z } from 'zod';
import { ALERT_ACTIONS, ALERT_STATES } from '../history/schemas.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const PHASES = [
  'new',
  'opening',
  'open',
  'closing',
  'closed',
  'waiting',
  'blocked',
  'uncertain',
  'abandoned',
] as const;

export const IncidentQuery = z.strictObject({
  limit: LimitInput,
  cursor: CursorInput,
  phase: z.enum(PHASES, `must be one of ${PHASES.join(', ')}`).optional(),
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  ticket: z.string().max(100).optional().meta({ description: 'Id of the ticket, now or last.' }),
  open: z.enum(['true', 'false']).optional().meta({ description: 'true: not over yet; false: closed or abandoned.' }),
  q: z.string().max(200).optional().meta({ description: 'Part of the summary.' }),
});

export const IncidentView = z
  .object({
    id: z.uuid(),
    key: z.string().meta({ description: 'The id of its Temporal workflow.' }),
    endpointId: z.uuid(),
    endpointName: z.string().nullable(),
    name: z.string(),
    summary: z.string(),
    phase: z.enum(PHASES),
    want: z.enum(['none', 'open', 'closed']),
    company: z.string().nullable(),
    priority: z.string().nullable(),
    episode: z.int(),
    ticketId: z.string().nullable().meta({ description: 'The open ticket.' }),
    lastTicketId: z.string().nullable(),
    ticketUrl: z.string().nullable(),
    alerts: z.int(),
    error: z.string().nullable(),
    nextTryAt: z.string().nullable(),
    acknowledgedBy: z.string().nullable(),
    acknowledgedAt: z.string().nullable().meta({ description: 'Since then no notes until the ticket is closed.' }),
    snoozedBy: z.string().nullable(),
    snoozedUntil: z.string().nullable().meta({ description: 'Until then no notes; null when it is not snoozed.' }),
    isAnalysing: z.boolean().meta({ description: 'A language model is asked for the root cause.' }),
    openedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    workflowUrl: z.string(),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.output<typeof IncidentView>;
export const IncidentPage = pageOf(IncidentView).meta({ id: 'IncidentPage' });

export const TimelineEntry = z.object({
  at: z.string(),
  episode: z.int(),
  kind: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export const IncidentAlert = z.object({
  requestId: z.uuid(),
  n: z.int(),
  kind: z.enum(['open', 'close', 'other']),
  state: z.enum(ALERT_STATES),
  action: z.enum(ALERT_ACTIONS),
  ticketId: z.string().nullable(),
  error: z.string().nullable(),
  message: z.string(),
  receivedAt: z.string(),
});
export const IncidentOrder = z.object({
  id: z.uuid(),
  kind: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  state: z.enum(['asked', 'done', 'refused']),
  answer: z.string().nullable(),
  doneAt: z.string().nullable(),
});
export const IncidentAnalysis = z.object({
  id: z.uuid(),
  ticketId: z.string(),
  reason: z.enum(['opened', 'order', 'changed']),
  askedBy: z.string().nullable(),
  askedAt: z.string(),
  state: z.enum(['asked', 'ready', 'noted', 'failed', 'cancelled']),
  finishedAt: z.string().nullable(),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  text: z.string().nullable(),
  error: z.string().nullable(),
  remedy: z.string().nullable().meta({ description: 'What to do about it.' }),
  tokens: z.int().nullable(),
});
export const IncidentDetail = IncidentView.extend({
  timeline: z.array(TimelineEntry),
  recentAlerts: z.array(IncidentAlert),
  orders: z.array(IncidentOrder),
  analyses: z.array(IncidentAnalysis).meta({ description: 'The newest first, 20 at most.' }),
}).meta({ id: 'IncidentDetail' });
export type IncidentDetail = z.output<typeof IncidentDetail>;

/** What became of an order: `asked` means that it is kept and will be carried out when Temporal and the ticket system can. */
export const OrderOutcome = z
  .object({ orderId: z.uuid(), state: z.enum(['asked', 'done']), answer: z.string().nullable() })
  .meta({ id: 'OrderOutcome' });
export type OrderOutcome = z.output<typeof OrderOutcome>;
