import { z } from 'zod';
import { PHASES } from '../incidents/schemas.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const HEARTBEAT_STATES = ['waiting', 'overdue', 'quiet', 'blind', 'off'] as const;

export const HeartbeatQuery = z.strictObject({
  limit: LimitInput,
  cursor: CursorInput,
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  open: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: told silent and not heard since; false: the others.' }),
});

export const HeartbeatView = z
  .object({
    endpointId: z.uuid(),
    endpointName: z.string(),
    state: z.enum(HEARTBEAT_STATES).meta({
      description:
        'waiting: not late. overdue: told, repeated at each further timeout. quiet: late during a maintenance. blind: HookWise itself cannot receive now. off: not watched, see reason.',
    }),
    expectation: z.string().meta({ description: 'Such as 24h, or a cron line with its zone and grace.' }),
    lastSeenAt: z.string().nullable(),
    watchedSince: z.string().nullable(),
    nextDeadlineAt: z.string().nullable(),
    told: z.int().meta({ description: 'How often the present silence was told.' }),
    reason: z.string().nullable(),
    incident: z
      .object({ id: z.uuid(), phase: z.enum(PHASES), ticketId: z.string().nullable() })
      .nullable()
      .meta({ description: 'The open incident of its silence.' }),
    lastIncident: z
      .object({ id: z.uuid(), phase: z.enum(PHASES), ticketId: z.string().nullable() })
      .nullable()
      .meta({ description: 'The incident of its last silence, also when that is over, with its last ticket.' }),
    workflowUrl: z.string(),
  })
  .meta({ id: 'Heartbeat' });
export type HeartbeatView = z.output<typeof HeartbeatView>;

export const HeartbeatPage = pageOf(HeartbeatView)
  .extend({
    load: z
      .object({ wakesPerSecond: z.number(), budgetPerSecond: z.int() })
      .meta({ description: 'What all timeouts ask of Temporal together, and what its built-in server bears.' }),
  })
  .meta({ id: 'HeartbeatPage' });
export type HeartbeatPage = z.output<typeof HeartbeatPage>;

export const SilenceQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });
export const SilenceView = z
  .object({
    beganAt: z.string().meta({ description: 'The deadline that passed.' }),
    endedAt: z.string().nullable(),
    isOpen: z.boolean().meta({ description: 'Whether it lasts still.' }),
    told: z.int().meta({ description: 'How often it was told.' }),
    ticketId: z.string().nullable(),
    endedBy: z.uuid().nullable().meta({ description: 'The webhook that ended it.' }),
    incidentId: z.uuid(),
  })
  .meta({ id: 'Silence' });
export type SilenceView = z.output<typeof SilenceView>;
export const SilencePage = pageOf(SilenceView).meta({ id: 'SilencePage' });
export type SilencePage = z.output<typeof SilencePage>;
