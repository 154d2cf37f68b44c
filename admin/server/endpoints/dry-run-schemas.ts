import { z } from 'zod';

const header = z.union([z.string().max(8_000), z.array(z.string().max(8_000)).max(50)], 'must be a text');

export const DryRunInput = z
  .strictObject({
    body: z.unknown().optional().meta({ description: 'What a sender would post.' }),
    webhookId: z
      .uuid('must be the request id of a webhook')
      .toLowerCase()
      .optional()
      .meta({ description: 'Instead of a body: a webhook of this endpoint as it was recorded.' }),
    headers: z.record(z.string().max(200), header).optional().meta({ description: 'Shown as they would be kept.' }),
    receivedAt: z.iso
      .datetime({ offset: true, error: 'must be a time such as 2026-03-01T22:00:00Z' })
      .optional()
      .meta({ description: 'The clock of the plan; by default now, or when the recorded webhook came.' }),
    config: z
      .unknown()
      .optional()
      .meta({ description: 'A draft, as much of EndpointInput as changes; laid over the endpoint as PATCH would.' }),
  })
  .superRefine(({ body, webhookId }, check) => {
    if (body === undefined && webhookId === undefined)
      check.addIssue({ code: 'custom', path: ['body'], message: 'Send a body, or the webhookId of a recorded one.' });
    if (body !== undefined && webhookId !== undefined)
      check.addIssue({ code: 'custom', path: ['webhookId'], message: 'Send a body or a webhookId, not both.' });
  });
export type DryRunInput = z.output<typeof DryRunInput>;

const Effect = z.object({
  n: z.int(),
  action: z.enum(['create', 'note', 'close', 'reopen', 'none']),
  incidentKey: z.string().nullable(),
  incidentId: z.uuid().nullable().meta({ description: 'null: the incident would be new.' }),
  ticketId: z.string().nullable(),
  ticketUrl: z.string().nullable(),
  text: z.string(),
});

const Told = z.record(z.string(), z.unknown());

export const DryRunView = z
  .object({
    requestId: z.uuid(),
    receivedAt: z.string(),
    configVersion: z.int(),
    isDraft: z.boolean().meta({ description: 'Planned with the configuration that was sent, not with the saved one.' }),
    failure: z.string().nullable().meta({ description: 'Why the webhook cannot be planned.' }),
    steps: z.array(z.string()).meta({ description: 'What was done in order, a sentence each.' }),
    warnings: z.array(z.string()),
    effects: z.array(Effect).meta({ description: 'What would be done to which ticket, for every alert.' }),
    alerts: z.array(Told).meta({ description: 'The plan of every alert, as live traffic would have it.' }),
    trace: z
      .object({
        split: Told.nullable(),
        windows: z.array(Told).meta({ description: 'All that could suppress alerts; one may decide.' }),
        masked: z.array(z.string()).meta({ description: 'Places of the body that nobody is shown.' }),
        alerts: z.array(Told).meta({
          description:
            'For the first 20: trigger, words, paths with their values, rules, summary, company order, fields.',
        }),
      })
      .meta({ description: 'How the plan came about.' }),
    headers: z.record(z.string(), z.unknown()).nullable(),
    body: z.unknown().meta({ description: 'With secrets masked.' }),
  })
  .meta({ id: 'DryRun' });
export type DryRunView = z.output<typeof DryRunView>;
