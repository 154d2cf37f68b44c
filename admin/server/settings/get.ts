import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { readSettings } from './read-settings.ts';

export const getSettings = defineVerb({
  name: 'settings.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({}),
  run: (context) => readSettings(context, context.pool),
});
