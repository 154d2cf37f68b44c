import { z } from 'zod';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time such as 2026-03-01T22:00:00Z')
  .transform((text) => new Date(text));

export const AuditQuery = z.strictObject({
  limit: LimitInput,
  cursor: CursorInput,
  actor: z.string().max(200).optional().meta({ description: 'Part of the name; case is ignored.' }),
  action: z.string().max(100).optional().meta({ description: 'Such as create, patch, rotate-token.' }),
  entity: z.string().max(100).optional().meta({ description: 'Such as endpoint, incident, user.' }),
  entityId: z.string().max(200).optional(),
  from: moment.optional(),
  to: moment.optional(),
});

export const AuditDifference = z.object({
  path: z.string().meta({ description: 'The place, such as ticketing.board; blank for the whole.' }),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditDifference = z.output<typeof AuditDifference>;

export const AuditView = z
  .object({
    id: z.uuid(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string(),
    sourceIp: z.string().nullable(),
    differences: z
      .array(AuditDifference)
      .meta({ description: 'What was not the same before and after; the first 200 places.' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditView = z.output<typeof AuditView>;
export const AuditPage = pageOf(AuditView).meta({ id: 'AuditPage' });
