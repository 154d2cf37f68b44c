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

export const IncidentFilter = z.strictObject({
  phase: z.enum(PHASES, `must be one of ${PHASES.join(', ')}`).optional(),
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  ticket: z.string().max(100).optional().meta({ description: 'Id of the ticket, now or last.' }),
  open: z.enum(['true', 'false']).optional().meta({ description: 'true: not over yet; false: closed or abandoned.' }),
  q: z.string().max(200).optional().meta({ description: 'Part of the summary.' }),
});
export type IncidentFilter = z.output<typeof IncidentFilter>;
export const IncidentQuery = IncidentFilter.extend({ limit: LimitInput, cursor: CursorInput });
export const BoardQuery = IncidentFilter.extend({
  limit: z.coerce.number('must be a number').int().min(1).max(100).default(20).meta({
    description: 'Incidents a phase, 1 to 100.',
  }),
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
export const IncidentBoard = z
  .object({
    phases: z.array(
      z.object({
        phase: z.enum(PHASES),
        count: z.int().meta({ description: 'All of the phase that match.' }),
        items: z.array(IncidentView).meta({ description: 'The last changed of them.' }),
      }),
    ),
  })
  .meta({ id: 'IncidentBoard' });
export type IncidentBoard = z.output<typeof IncidentBoard>;

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

export const IncidentRun = z
  .object({
    state: z
      .enum(['running', 'over', 'forgotten', 'unreachable'])
      .meta({ description: 'forgotten: Temporal keeps no run of it any more. unreachable: Temporal does not answer.' }),
    words: z.string().meta({ description: 'The same in a sentence, with what it waits for.' }),
    status: z.string().nullable().meta({ description: 'As Temporal names it: RUNNING, COMPLETED, TERMINATED, …' }),
    runId: z.string().nullable(),
    startedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    historyLength: z.int().nullable(),
    step: z.string().nullable().meta({ description: 'The step it is at; null where no worker answered.' }),
    waitsUntil: z.string().nullable(),
    pending: z
      .array(
        z.object({
          activity: z.string(),
          isRunning: z.boolean(),
          attempt: z.int(),
          failure: z.string().nullable().meta({ description: 'What the last try ended with, masked.' }),
          nextTryAt: z.string().nullable(),
        }),
      )
      .meta({ description: 'Activities that are not over.' }),
    url: z.string(),
  })
  .meta({ id: 'IncidentRun' });
export type IncidentRun = z.output<typeof IncidentRun>;

/** What became of an order: `asked` means that it is kept and will be carried out when Temporal and the ticket system can. */
export const OrderOutcome = z
  .object({ orderId: z.uuid(), state: z.enum(['asked', 'done']), answer: z.string().nullable() })
  .meta({ id: 'OrderOutcome' });
export type OrderOutcome = z.output<typeof OrderOutcome>;
