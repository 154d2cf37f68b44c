import { z } from 'zod';

export const MOST_WEBHOOKS = 50_000;

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time such as 2026-03-01T22:00:00Z')
  .transform((text) => new Date(text));

export const BacktestInput = z
  .strictObject({
    config: z.unknown().optional().meta({
      description: 'The draft: the fields that would change, laid over the endpoint as it is. Absent: as it is.',
    }),
    from: moment.optional().meta({ description: 'Webhooks received from this instant on.' }),
    to: moment.optional().meta({ description: 'Webhooks received before this instant.' }),
    limit: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(MOST_WEBHOOKS, `must be at most ${MOST_WEBHOOKS}`)
      .default(10_000)
      .meta({ description: 'At most so many webhooks, the newest of the range.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    message: 'must be later than from',
  });
export type BacktestInput = z.output<typeof BacktestInput>;

const Counts = z
  .object({
    alerts: z.int(),
    tickets: z.int(),
    reopened: z.int(),
    notes: z.int(),
    closes: z.int(),
    closesOfNothing: z.int().meta({ description: 'Closes for which no ticket was open.' }),
    openAtEnd: z.int(),
    skipped: z.record(z.string(), z.int()).meta({ description: 'Alerts that went to no incident, by reason.' }),
    held: z.int(),
    recoveredWhileHeld: z.int(),
    refusedCloses: z.int(),
    unplanned: z.int(),
  })
  .meta({ id: 'BacktestCounts' });

const Ticket = z
  .object({
    incidentKey: z.string(),
    summary: z.string(),
    companyId: z.string().nullable(),
    board: z.string().nullable(),
    openedAt: z.string(),
    closedAt: z.string().nullable(),
    alerts: z.int(),
    notes: z.int(),
    reopened: z.int(),
  })
  .meta({ id: 'BacktestTicket' });

const Change = z.object({
  n: z.int().meta({ description: 'Which alert of the webhook, from 0.' }),
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const BacktestResult = z
  .object({
    webhooks: z.int().meta({ description: 'Recorded webhooks that were planned again; replays are left out.' }),
    from: z.string().nullable().meta({ description: 'When the first of them was received.' }),
    to: z.string().nullable(),
    changed: z.int().meta({ description: 'Webhooks of which something would be different.' }),
    changes: z.record(z.string(), z.int()).meta({ description: 'How many of them differ in a field.' }),
    examples: z.array(z.object({ requestId: z.uuid(), receivedAt: z.string(), changes: z.array(Change) })),
    before: Counts.meta({ description: 'With the plans that were made then.' }),
    after: Counts.meta({ description: 'With the draft.' }),
    tickets: z
      .object({ before: z.array(Ticket), after: z.array(Ticket) })
      .meta({ description: 'The busiest of each.' }),
    happened: z
      .object({ created: z.int(), reopened: z.int(), adopted: z.int(), notes: z.int(), closed: z.int() })
      .meta({
        description: 'What the incidents of the endpoint really did in that time, persons and outages included.',
      }),
    waiting: z.int().meta({ description: 'Webhooks of the range that are not planned yet; left out.' }),
    unreadable: z.int().meta({ description: 'Webhooks whose kept bytes do not open any more; left out.' }),
    gone: z
      .object({ before: z.string(), alerts: z.int() })
      .nullable()
      .meta({ description: 'Set where the range begins before what retention has kept: how many alerts are gone.' }),
    warnings: z.array(z.string()),
    tookMs: z.int(),
  })
  .meta({ id: 'Backtest' });
export type BacktestResult = z.output<typeof BacktestResult>;

/** One line of the stream: `progress` again and again, then `result`; or `problem` where it could not be ended. */
export const BacktestLine = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), done: z.int(), total: z.int(), changed: z.int() }),
    z.object({ kind: z.literal('result'), result: BacktestResult }),
    z.object({ kind: z.literal('problem'), detail: z.string() }),
  ])
  .meta({ id: 'BacktestLine', description: 'One JSON value a line.' });
export type BacktestLine = z.output<typeof BacktestLine>;
