import { z } from 'zod';
import { MAPPED_FIELDS, type RoutingOverrides } from '../../../workflows/contracts/endpoint-config.ts';
import { count, filledText, flag, optionalText, text, textList } from './texts.ts';

const name = () => optionalText(200);
const override = text(200).nullable().optional();

export const OverridesInput = z
  .strictObject({
    board: override,
    status: override,
    type: override,
    subtype: override,
    item: override,
    priority: override,
    severity: override,
    impact: override,
    companyId: override,
    drop: z.boolean('must be true or false').optional(),
  })
  .transform(
    (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as RoutingOverrides,
  );

export const RoutingRuleInput = z
  .strictObject({ path: filledText(1000), pattern: filledText(1000), overrides: OverridesInput.default({}) })
  .meta({
    description:
      'Where the value at `path` matches `pattern` (RE2, unanchored, case ignored), `overrides` hold; later rules win.',
  });

/** What a webhook's fields become in the ticket: a path, or text with `{$.path}`. null takes a mapping away. */
export const MappingInput = z
  .partialRecord(z.enum(MAPPED_FIELDS, `must be one of ${MAPPED_FIELDS.join(', ')}`), text(4000).nullable())
  .transform(
    (given) =>
      Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value.trim() !== ''),
      ) as Partial<Record<(typeof MAPPED_FIELDS)[number], string>>,
  );

export const TicketingInput = z.strictObject({
  enabled: flag(true),
  triggerField: filledText(1000).default('heartbeat.status'),
  openValues: textList(200, ['0']),
  closeValues: textList(200, ['1']),
  otherValues: z.enum(['skip', 'open'], 'must be skip or open').default('skip'),
  splitPath: optionalText(1000),
  summaryPrefix: text(99).nullable().default(null),
  summaryRemove: z
    .preprocess((given) => (typeof given === 'string' ? given.split(',') : given), z.array(text(500)).max(100))
    .transform((entries) => entries.filter((entry) => entry !== ''))
    .default([]),
  descriptionTemplate: text(20_000)
    .nullable()
    .transform((value) => (value?.trim() ? value : null))
    .default(null),
  companyId: name(),
  board: name(),
  status: name(),
  closeStatus: name(),
  type: name(),
  subtype: name(),
  item: name(),
  priority: name(),
  severity: name(),
  impact: name(),
  mapping: MappingInput.default({}),
  routingRules: z.array(RoutingRuleInput, 'must be a list of rules').max(200).default([]),
  tenantMap: flag(true),
  tenantPaths: z
    .preprocess(
      (given) => (typeof given === 'string' ? [given] : given),
      z.array(filledText(1000), 'must be a list of paths').max(20),
    )
    .default([])
    .meta({
      description:
        'Where the name of the tenant stands. Empty: Tenant, tenant, TenantId, tenantId, each at the top and under TaskInfo.',
    }),
  closePolicy: z.enum(['always', 'untouched'], 'must be always or untouched').default('always'),
  noteVisibility: z.enum(['internal', 'public'], 'must be internal or public').default('internal'),
  noteIntervalSeconds: count(0, 86_400, 30),
  closeDelaySeconds: count(0, 86_400, 0),
  reopenWindowSeconds: count(0, 30 * 86_400, 0),
  outagePolicy: z.enum(['both', 'summary', 'nothing'], 'must be both, summary or nothing').default('both').meta({
    description:
      'What opened and recovered while the ticket system was away gets a ticket each, created and closed (`both`), one ticket for all of them (`summary`), or a line of history only (`nothing`).',
  }),
  flapChanges: count(0, 1000, 0)
    .refine((value) => value !== 1, 'must be 0 (off) or at least 2')
    .meta({
      description:
        'More changes between open and closed than this within `flapMinutes` are flapping: one note says so, the ticket stays open and quiet until it was calm for `flapCalmMinutes`, then one note tells the counts and the last state holds. 0: off.',
    }),
  flapMinutes: count(1, 1440, 10),
  flapCalmMinutes: count(1, 1440, 10),
});
