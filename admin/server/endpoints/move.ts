import { z } from 'zod';
import type { Queryable } from '../../../infra/database/pool.ts';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';

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

/** Moves wait for each other: each numbers the list as the one before left it. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('hookwise endpoint places', 0))`;

/**
 * Gives an endpoint its place among the pinned or among the others, wherever it belongs. Positions are numbered anew where
 * needed; a place in lists is no behaviour, so no endpoint gets a version by it. Throws `invalid` where `after` is none of
 * its neighbours.
 */
export const moveEndpoint = defineVerb({
  name: 'endpoint.move',
  role: 'admin',
  input: z.object({ id: IdInput, body: MoveInput }),
  run: (context, { id, body: { after } }): Promise<{ moved: number }> =>
    changing(context, async ({ tx, audit }) => {
      await tx.query(LOCK);
      const { config } = await findEndpoint(tx, id);
      const { rows } = await tx.query<Placed>(
        `select id, position from endpoint where deleted_at is null and pinned = $1 order by position, created_at, id`,
        [config.pinned],
      );
      const others = rows.filter((row) => row.id !== id);
      const at = after === null ? 0 : others.findIndex((row) => row.id === after) + 1;
      if (after !== null && at === 0)
        throw invalid([{ path: 'after', message: 'must stand in the same part of the list: pinned or not' }]);
      const position = rows.find((row) => row.id === id)?.position ?? config.position;
      const isThere = (rows[at]?.id ?? null) === id;
      const moved = isThere ? [] : placesOf(others, at, { id, position });
      if (moved.length === 0) return { moved: 0 };
      await writePlaces(tx, moved);
      await audit({
        action: 'move',
        entity: 'endpoint',
        entityId: id,
        before: { position },
        after: { after, moved: moved.length },
      });
      return { moved: moved.length };
    }),
});

/** Gives endpoints their positions, which are kept beside the configuration and in it; makes no version. */
export async function writePlaces(tx: Queryable, places: readonly Placed[]): Promise<void> {
  await tx.query(
    `with place as (select * from unnest($1::uuid[], $2::int[]) as p (id, position)),
          held as materialized (select e.id from endpoint e join place p using (id) order by e.id for no key update of e)
     update endpoint e set position = p.position, config = jsonb_set(e.config, '{position}', to_jsonb(p.position))
       from place p join held using (id) where e.id = p.id`,
    [places.map(({ id }) => id), places.map(({ position }) => position)],
  );
}

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
