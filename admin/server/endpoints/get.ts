import { z } from 'zod';
import { IdInput } from '../ids.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { presentEndpoint } from './present.ts';

export const getEndpoint = defineVerb({
  name: 'endpoint.get',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: async (context, { id }) => presentEndpoint(context, await findEndpoint(context.pool, id)),
});
