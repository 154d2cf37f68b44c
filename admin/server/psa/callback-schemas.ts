import { z } from 'zod';

const Instant = z.string().nullable();

export const CallbackView = z
  .object({
    wanted: z.boolean().meta({ description: 'Whether a person wants the ticket system to call us; true at first.' }),
    state: z.enum(['never', 'registered', 'off', 'refused', 'failed']).meta({
      description: 'never: not looked at yet. off: none is registered. refused, failed: see the reason.',
    }),
    url: z.string().nullable().meta({ description: 'Where the ticket system calls us.' }),
    reason: z.string().nullable(),
    checkedAt: Instant.meta({ description: 'When the callback was last looked at in the ticket system.' }),
    hints: z.int().meta({ description: 'Calls that made an incident read its ticket.' }),
    hintedAt: Instant,
    sweptAt: Instant.meta({
      description: 'When the lists of the ticket system were last read for what people did, which needs no callback.',
    }),
  })
  .meta({ id: 'PsaCallback' });
export type CallbackView = z.output<typeof CallbackView>;
