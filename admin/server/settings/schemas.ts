import { z } from 'zod';

export const SettingsInput = z.strictObject({
  maintenanceMode: z.boolean('must be true or false').optional(),
  maintenancePolicy: z.enum(['skip', 'hold'], 'must be skip or hold').optional(),
  logRetentionDays: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(3650, 'must be at most 3650')
    .optional(),
});

export const SettingsView = z
  .object({ maintenanceMode: z.boolean(), maintenancePolicy: z.enum(['skip', 'hold']), logRetentionDays: z.int() })
  .meta({ id: 'Settings' });
export type SettingsView = z.output<typeof SettingsView>;
