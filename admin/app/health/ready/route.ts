import { contextOf } from '../../../server/context.ts';
import { json } from '../../../server/rest.ts';

/** Ready means that the database answers; Temporal is never part of it. */
export async function GET(): Promise<Response> {
  const isUp = await contextOf()
    .pool.query('select 1')
    .then(
      () => true,
      () => false,
    );
  return json({ status: isUp ? 'up' : 'down' }, isUp ? 200 : 503);
}
