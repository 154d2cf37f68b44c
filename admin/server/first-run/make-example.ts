import type { Actor } from '../actor.ts';
import type { AdminContext } from '../context.ts';
import { createEndpoint } from '../endpoints/create.ts';
import { runVerb } from '../verb.ts';
import { writeExample } from './example-file.ts';

const STARTER: Actor = {
  via: 'system',
  id: 'first-run',
  name: 'first start',
  role: 'admin',
  company: null,
  sourceIp: null,
};

/** On a database that never had an endpoint (deleting is soft): one ready for Uptime Kuma, whose URL and token go to the data folder. */
export async function makeExample(context: AdminContext): Promise<'made' | 'there'> {
  const known = await context.pool.query('select from endpoint limit 1');
  if (known.rowCount !== 0) return 'there';
  const body = {
    name: 'Uptime Kuma (example)',
    description: 'Made at the first start. Post what Uptime Kuma sends to its URL.',
  };
  const { id, url, token } = await runVerb(createEndpoint, { ...context, actor: STARTER }, { body });
  if (token !== undefined) await writeExample(context.config, { id, url, token });
  return 'made';
}
