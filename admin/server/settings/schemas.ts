import { z } from 'zod';

const MaskingWord = z
  .string('must be text')
  .trim()
  .max(60, 'must be at most 60 characters')
  .regex(/[\p{L}]/u, 'must hold a letter: names are compared by their words');

export const SettingsInput = z.strictObject({
  maintenanceMode: z.boolean('must be true or false').optional(),
  maintenancePolicy: z.enum(['skip', 'hold'], 'must be skip or hold').optional(),
  logRetentionDays: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(3650, 'must be at most 3650')
    .optional(),
  maskingWords: z
    .array(MaskingWord, 'must be a list of names')
    .max(200, 'must be at most 200 names')
    .optional()
    .meta({ description: 'Names of keys masked besides the built-in ones, matched as whole words; case is ignored.' }),
  analysisPrompt: z
    .string('must be text or null')
    .max(20_000, 'must be at most 20,000 characters')
    .nullable()
    .optional()
    .meta({ description: 'System prompt for root causes; null means the built-in one.' }),
  analysisTokensPerDay: z
    .int('must be a whole number or null')
    .min(1, 'must be at least 1')
    .max(1_000_000_000, 'must be at most 1,000,000,000')
    .nullable()
    .optional()
    .meta({ description: 'Tokens that root causes may use in a day (UTC); null means no limit.' }),
});

export const SettingsView = z
  .object({
    maintenanceMode: z.boolean(),
    maintenancePolicy: z.enum(['skip', 'hold']),
    logRetentionDays: z.int(),
    analysisPrompt: z.string().nullable(),
    analysisTokensPerDay: z.int().nullable(),
    maskingWords: z.array(z.string()),
  })
  .meta({ id: 'Settings' });
export type SettingsView = z.output<typeof SettingsView>;
