import { z } from 'zod';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { keepVersion } from './save.ts';

const STEP = 10;

export const MoveInput = z
  .strictObject({
    after: z.uuid('must be the id of an endpoint').toLowerCase().nullable().meta({
      description: 'The endpoint that shall stand right before it; null: it shall stand first.',
    }),
  })
  .meta({ id: 'EndpointMove' });

interface Placed {
  id: string;
  position: number;
}

/**
 * Gives an endpoint its place among the pinned or among the others, wherever it belongs. Positions are numbered anew where
 * needed; each endpoint whose position changes gets a version. Throws `invalid` where `after` is none of its neighbours.
 */
export const moveEndpoint = defineVerb({
  name: 'endpoint.move',
  role: 'admin',
  input: z.object({ id: IdInput, body: MoveInput }),
  run: (context, { id, body: { after } }): Promise<{ moved: number }> =>
    changing(context, async ({ tx, audit }) => {
      const { config } = await findEndpoint(tx, id, 'lock');
      const { rows } = await tx.query<Placed>(
        `select id, position from endpoint where deleted_at is null and pinned = $1
          order by position, created_at, id for update`,
        [config.pinned],
      );
      const others = rows.filter((row) => row.id !== id);
      const at = after === null ? 0 : others.findIndex((row) => row.id === after) + 1;
      if (after !== null && at === 0)
        throw invalid([{ path: 'after', message: 'must stand in the same part of the list: pinned or not' }]);
      const moved = placesOf(others, at, { id, position: config.position });
      for (const { id: each, position } of moved) {
        const row = await findEndpoint(tx, each, 'lock');
        const next = { ...row.config, position };
        const version = row.version + 1;
        await tx.query(
          'update endpoint set config = $2, version = $3, position = $4, updated_at = now() where id = $1',
          [each, JSON.stringify(next), version, position],
        );
        await keepVersion(context, { tx }, each, version, next);
      }
      const words = { action: 'move', entity: 'endpoint', entityId: id } as const;
      if (moved.length > 0)
        await audit({ ...words, before: { position: config.position }, after: { after, moved: moved.length } });
      return { moved: moved.length };
    }),
});

/** The positions that change so that `item` stands at place `at` of `others`: its own where there is room, else all that must. */
function placesOf(others: readonly Placed[], at: number, item: Placed): Placed[] {
  const [before, behind] = [others[at - 1], others[at]];
  const low = before?.position ?? (behind === undefined ? 0 : behind.position - 2 * STEP);
  const high = behind?.position ?? low + 2 * STEP;
  if (high - low > 1) {
    const position = Math.floor((low + high) / 2);
    return position === item.position ? [] : [{ ...item, position }];
  }
  return others
    .toSpliced(at, 0, item)
    .map((one, place) => ({ ...one, to: (place + 1) * STEP }))
    .filter(({ position, to }) => position !== to)
    .map(({ id, to }) => ({ id, position: to }));
}
