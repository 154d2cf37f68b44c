import { z } from 'zod';
import { oneOfCompany } from '../company-limit.ts';
import { notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { presentEndpoint } from './present.ts';

export const getEndpoint = defineVerb({
  name: 'endpoint.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }) => {
    await requireOwn(context, id);
    return presentEndpoint(context, await findEndpoint(context.pool, id));
  },
});

async function requireOwn(context: VerbContext, id: string): Promise<void> {
  const own = oneOfCompany(context, 'endpoint e', 1);
  const found = await context.pool.query(`select from endpoint e where e.id = $1 and ${own.where}`, [
    id,
    ...own.values,
  ]);
  if (found.rowCount === 0) throw notFound('endpoint');
}
