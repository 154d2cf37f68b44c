import { z } from 'zod';
import { CursorInput, pageOf } from '../paging.ts';

export const LedgerQuery = z.strictObject({
  limit: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .max(1000)
    .default(200)
    .meta({ description: 'Lines a page, 1 to 1000.' }),
  cursor: CursorInput,
  format: z.enum(['json', 'whole', 'markdown'], 'must be json, whole or markdown').default('json').meta({
    description:
      'markdown: the whole account as one text to keep; whole: all its lines as one JSON document. For both, limit and cursor are not used.',
  }),
});

const Note = z.object({
  ticket: z.string(),
  key: z.string(),
  purpose: z.string(),
  visibility: z.string(),
  body: z.string(),
});

export const LedgerEntryView = z
  .object({
    at: z.string(),
    lastAt: z.string().meta({ description: 'Of joined alerts: when the last of them came.' }),
    source: z.enum(['alert', 'order', 'event', 'analysis', 'audit']),
    kind: z.string(),
    text: z.string(),
    cause: z.object({
      by: z.enum(['webhook', 'rule', 'window', 'timer', 'ticket-system', 'person', 'model', 'hookwise']),
      words: z.string(),
    }),
    count: z.int().meta({ description: 'How many alerts the line speaks of.' }),
    webhooks: z.array(z.string()).meta({ description: 'Request ids of the first and the last webhook.' }),
    ticket: z.string().nullable(),
    note: Note.nullable(),
    unconfirmed: z.array(Note).meta({ description: 'Notes of which nobody knows whether they arrived.' }),
    id: z.int().nullable().meta({ description: 'Number of the line in the timeline.' }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LedgerEntry' });
export type LedgerEntryView = z.output<typeof LedgerEntryView>;
export const LedgerPage = pageOf(LedgerEntryView).meta({ id: 'LedgerPage' });
export type LedgerPage = z.output<typeof LedgerPage>;
