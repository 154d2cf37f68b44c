import { v7 } from 'uuid';
import type { Queryable } from '../infra/database/pool.ts';
import { BEAT_TOLERANCE_MS } from '../workflows/domain/staleness-blindness.ts';

/** How often a process that can accept says so. */
export const BEAT_EVERY_MS = 2_000;

/**
 * Keeps in Postgres since when and until when this process was able to accept without a break: what lies between two such
 * stretches is known as a gap, also after a `kill -9`. A beat that comes too late begins a new stretch. Postgres's clock.
 */
export function createProcessBeat(deps: {
  process: string;
  write(work: (db: Queryable) => Promise<void>): Promise<void>;
}): { beat(): Promise<void> } {
  let stretch: string | null = null;
  const isContinued = async (db: Queryable): Promise<boolean> => {
    if (stretch === null) return false;
    const { rowCount } = await db.query({
      name: 'process-beat',
      text: `update process_beat set beat_at = clock_timestamp()
              where id = $1 and beat_at > clock_timestamp() - $2::float8 * interval '1 ms'`,
      values: [stretch, BEAT_TOLERANCE_MS],
    });
    return rowCount === 1;
  };
  return {
    beat: () =>
      deps.write(async (db) => {
        if (await isContinued(db)) return;
        const id = v7();
        await db.query(
          'insert into process_beat (id, process, began_at, beat_at) select $1, $2, at, at from clock_timestamp() at',
          [id, deps.process],
        );
        stretch = id;
      }),
  };
}
