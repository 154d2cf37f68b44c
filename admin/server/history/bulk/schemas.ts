import { z } from 'zod';
import { pageOf } from '../../paging.ts';
import { HistoryFilterInput } from '../schemas.ts';

const MOST_A_SECOND = 100;

export const BulkReplayInput = z.strictObject({
  filter: HistoryFilterInput.default({}).meta({
    description: 'As the query of GET /history. Replays themselves are left out: their originals are there.',
  }),
  rules: z.enum(['recorded', 'today'], 'must be recorded or today').default('today'),
  ratePerSecond: z
    .int(`must be a whole number from 1 to ${MOST_A_SECOND}`)
    .min(1, `must be from 1 to ${MOST_A_SECOND}`)
    .max(MOST_A_SECOND, `must be from 1 to ${MOST_A_SECOND}`)
    .default(10)
    .meta({ description: 'Webhooks a second at most; while live traffic waits, none.' }),
  preview: z.boolean().default(false).meta({ description: 'Only counts; nothing is replayed.' }),
});

export const BulkReplayPreview = z.object({ total: z.int() }).meta({ id: 'BulkReplayPreview' });

export const BulkReplayView = z
  .object({
    id: z.uuid(),
    filter: z.record(z.string(), z.string()),
    rules: z.enum(['recorded', 'today']),
    ratePerSecond: z.int(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    total: z.int().meta({ description: 'How many matched when it began.' }),
    replayed: z.int(),
    skipped: z.int().meta({ description: 'Of disabled or deleted endpoints.' }),
    unreadable: z.int().meta({ description: 'Kept under an encryption key that is not configured.' }),
    waitsFor: z.string().nullable().meta({ description: 'Why it pauses for live traffic at the moment.' }),
    askedBy: z.string(),
    askedAt: z.string(),
    endedAt: z.string().nullable(),
    endedBy: z.string().nullable().meta({ description: 'Who cancelled it.' }),
  })
  .meta({ id: 'BulkReplay' });
export type BulkReplayView = z.output<typeof BulkReplayView>;
export const BulkReplayPage = pageOf(BulkReplayView).meta({ id: 'BulkReplayPage' });
