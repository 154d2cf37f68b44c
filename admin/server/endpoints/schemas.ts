import { z } from 'zod';
import { pageOf } from '../paging.ts';
import { count, filledText, flag, text } from './texts.ts';
import { HeartbeatInput } from './heartbeat-input.ts';
import { TicketingInput } from './ticketing-input.ts';
import { VerificationInput } from './verification-input.ts';
import { WindowInput } from './window-input.ts';

/** An endpoint as REST and the console give it (design §8): only `name` is required, unknown fields are refused. */
export const EndpointInput = z
  .strictObject({
    name: filledText(100),
    description: text(4000).default(''),
    enabled: flag(true),
    draft: flag(false),
    pinned: flag(false),
    position: count(-1_000_000, 1_000_000, 0),
    ticketing: TicketingInput.prefault({}),
    analysis: z
      .strictObject({
        enabled: flag(false),
        instructions: text(20_000).default(''),
        rerunOnChange: z
          .boolean('must be true or false')
          .exactOptional()
          .meta({ description: 'Ask again when the alerts of an open ticket tell another story.' }),
      })
      .prefault({}),
    heartbeat: HeartbeatInput.prefault({}),
    maintenance: z.array(WindowInput, 'must be a list of windows').max(200).default([]),
    verification: VerificationInput.default([{ type: 'bearer' }]),
    destinations: z
      .array(z.uuid(), 'must be a list of destination ids')
      .max(0, 'There is no destination with this id.')
      .default([]),
  })
  .meta({ id: 'EndpointInput' });
export type EndpointInput = z.output<typeof EndpointInput>;

/** The same with nothing required: what is sent is merged deeply, lists are replaced. */
export const EndpointPatch = z.looseObject({}).meta({
  id: 'EndpointPatch',
  override: { description: 'Any part of EndpointInput; merged deeply, lists replaced.' },
});

export const Faults = z.array(z.object({ path: z.string(), message: z.string() }));

/** What a presenter adds to the input; the document shows both as one. */
export const EndpointView = z
  .object({
    id: z.uuid(),
    url: z.string(),
    version: z.int(),
    lastSeenAt: z.string().nullable(),
    problems: Faults.meta({
      description: 'What the regular check finds wrong with this version; empty when it is well.',
    }),
    checkedAt: z.string().nullable(),
    warnings: Faults.optional().meta({
      description: 'What is doubtful about what was just saved; in answers to saving only.',
    }),
    createdAt: z.string(),
    updatedAt: z.string(),
    token: z.string().optional().meta({ description: 'The bearer token, only in the answer that made it.' }),
    secret: z
      .string()
      .optional()
      .meta({ description: 'The signing secret that a recipe made, only in the answer that made it.' }),
  })
  .meta({
    id: 'Endpoint',
    override: ({ jsonSchema }) => {
      const { properties, required } = jsonSchema;
      for (const key of ['type', 'properties', 'required', 'additionalProperties'] as const) delete jsonSchema[key];
      jsonSchema.allOf = [
        { $ref: '#/components/schemas/EndpointInput' },
        { type: 'object', properties: properties ?? {}, required: required ?? [] },
      ];
    },
  });

/** An endpoint as it is answered. */
export type EndpointAnswer = EndpointInput & z.output<typeof EndpointView>;

export const EndpointPage = pageOf(EndpointView).meta({ id: 'EndpointPage' });
