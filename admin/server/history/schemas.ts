import { z } from 'zod';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const WEBHOOK_STATUSES = ['received', 'dispatched', 'held', 'processed', 'skipped', 'failed'] as const;
export const ALERT_STATES = ['open', 'held', 'processed', 'skipped', 'failed'] as const;
export const ALERT_ACTIONS = ['none', 'create', 'update', 'close', 'reopen'] as const;

const YEARS_MS = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')] as const;
const isMoment = (ms: number) => ms >= YEARS_MS[0] && ms <= YEARS_MS[1];
const moment = z
  .string()
  .refine((text) => isMoment(Date.parse(text)), 'must be a time such as 2026-03-01T22:00:00Z')
  .transform((text) => new Date(text));

/** Which webhooks are meant; what is left out is not asked. */
export const HistoryFilterInput = z.strictObject({
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  status: z.enum(WEBHOOK_STATUSES, `must be one of ${WEBHOOK_STATUSES.join(', ')}`).optional(),
  action: z.enum(ALERT_ACTIONS, `must be one of ${ALERT_ACTIONS.join(', ')}`).optional(),
  from: moment.optional(),
  to: moment.optional(),
  ticket: z.string().max(100).optional(),
  source: z.string().max(100).optional().meta({ description: "The sender's address." }),
  q: z.string().max(200).optional().meta({
    description:
      'Text in summary, message or error; or the id of a request or an incident, or a ticket’s number. Of one or two letters, in the newest 20,000 of the range.',
  }),
});
export const HistoryQuery = HistoryFilterInput.extend({ limit: LimitInput, cursor: CursorInput });
export type HistoryQuery = z.output<typeof HistoryQuery>;

const MatchedRule = z.object({ index: z.int(), path: z.string(), pattern: z.string(), value: z.string() });

/** What the plan said of one alert. */
export const AlertPlan = z.object({
  disposition: z.enum(['incident', 'skip', 'hold']),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  triggerValue: z.string().nullable(),
  matchedRules: z.array(MatchedRule),
  companySource: z.string(),
  ticket: z.record(z.string(), z.unknown()),
  mapped: z.record(z.string(), z.unknown()),
});

export const AlertView = z
  .object({
    n: z.int(),
    kind: z.enum(['open', 'close', 'other']),
    state: z.enum(ALERT_STATES),
    action: z.enum(ALERT_ACTIONS),
    incidentId: z.uuid().nullable(),
    ticketId: z.string().nullable(),
    ticketUrl: z.string().nullable().meta({ description: 'Where people see the ticket, as far as that is known.' }),
    error: z.string().nullable(),
    message: z.string(),
    settledAt: z.string().nullable(),
    plan: AlertPlan.nullable(),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.output<typeof AlertView>;

export const WebhookView = z
  .object({
    requestId: z.uuid(),
    endpointId: z.uuid(),
    endpointName: z.string().nullable(),
    receivedAt: z.string(),
    sourceIp: z.string(),
    origin: z.enum(['http', 'replay', 'test', 'refused']),
    status: z.enum(WEBHOOK_STATUSES),
    action: z.enum(ALERT_ACTIONS),
    ticketId: z.string().nullable(),
    ticketUrl: z.string().nullable().meta({ description: 'Where people see the ticket, as far as that is known.' }),
    error: z.string().nullable().meta({ description: 'Why it failed: the ticket system’s own text, whole.' }),
    message: z.string().nullable().meta({ description: 'What the sender says, or why it was skipped or held.' }),
    summary: z.string().nullable(),
    replayOf: z.uuid().nullable(),
    alertCount: z.int(),
    alerts: z.array(AlertView).meta({ description: 'In a list the first 20, without descriptions.' }),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.output<typeof WebhookView>;
export const WebhookPage = pageOf(WebhookView).meta({ id: 'WebhookPage' });

export const WebhookDetail = WebhookView.extend({
  httpStatus: z.int().nullable().meta({ description: 'What the sender was answered, where it was refused.' }),
  headers: z.unknown(),
  body: z.unknown().meta({ description: 'The body with secrets masked; text where it was no JSON.' }),
  configVersion: z.int().nullable(),
  steps: z.array(z.string()),
  warnings: z.array(z.string()),
  replays: z.array(z.uuid()),
  timings: z
    .object({
      receivedAt: z.string(),
      plannedAt: z.string().nullable(),
      settledAt: z.string().nullable(),
      firstTicketAt: z.string().nullable(),
      settledAfterMs: z.number().nullable(),
    })
    .meta({ description: 'When what happened to it, as far as it is kept.' }),
}).meta({ id: 'WebhookDetail' });
export type WebhookDetail = z.output<typeof WebhookDetail>;

export const ReplayInput = z.strictObject({
  rules: z.enum(['recorded', 'today'], 'must be recorded or today').default('today'),
});

const DifferenceView = z.object({ path: z.string(), left: z.unknown().optional(), right: z.unknown().optional() });
export const ComparisonView = z
  .object({ left: WebhookDetail, right: WebhookDetail, differences: z.array(DifferenceView) })
  .meta({ id: 'WebhookComparison' });
export type ComparisonView = z.output<typeof ComparisonView>;

export const BodySearchQuery = HistoryFilterInput.extend({
  text: z
    .string()
    .min(2, 'must be at least two characters')
    .max(200)
    .meta({ description: 'Looked for in masked bodies.' }),
  before: z.uuid('must be the stoppedAt of an earlier search').toLowerCase().optional(),
  limit: z.coerce.number('must be a number').int().min(1).max(1_000).default(200).meta({
    description: 'Ends after so many are found.',
  }),
  mostSeconds: z.coerce.number('must be a number').int().min(1).max(120).default(60),
});
export type BodySearchQuery = z.output<typeof BodySearchQuery>;

/** One line of a search through bodies; `stoppedAt` goes into `before` to go on, null when all was looked at. */
export const BodySearchLine = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('found'), item: WebhookView }),
    z.object({ kind: z.literal('progress'), looked: z.int(), found: z.int(), at: z.uuid() }),
    z.object({ kind: z.literal('end'), looked: z.int(), found: z.int(), stoppedAt: z.uuid().nullable() }),
    z.object({ kind: z.literal('problem'), detail: z.string() }),
  ])
  .meta({ id: 'BodySearchLine' });
export type BodySearchLine = z.output<typeof BodySearchLine>;
