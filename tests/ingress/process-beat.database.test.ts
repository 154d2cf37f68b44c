import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { createProcessBeat } from '../../ingress/process-beat.ts';
import { blindGaps } from '../../workflows/domain/staleness-blindness.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 2 });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const aProcess = (name: string) => createProcessBeat({ process: name, write: (work) => work(pool) });
const stretches = async () => {
  const { rows } = await pool.query<{ process: string; began: Date; beat: Date }>(
    'select process, began_at as began, beat_at as beat from process_beat order by began_at',
  );
  return rows;
};
const age = (seconds: number) =>
  pool.query(
    `update process_beat set began_at = began_at - make_interval(secs => $1), beat_at = beat_at - make_interval(secs => $1)`,
    [seconds],
  );

it('lengthens one stretch while it beats in time, and begins another after a pause or a kill', async () => {
  const first = aProcess('one');
  await first.beat();
  await age(3);
  await first.beat();
  expect(await stretches()).toHaveLength(1);
  await age(60);
  await first.beat();
  expect((await stretches()).map(({ process }) => process)).toEqual(['one', 'one']);
  await age(120);
  await aProcess('two').beat();
  const kept = await stretches();
  expect(kept.map(({ process }) => process)).toEqual(['one', 'one', 'two']);
  const gaps = blindGaps(
    kept.map(({ began, beat }) => ({ fromMs: began.getTime(), toMs: beat.getTime() })),
    Date.now(),
  );
  expect(gaps.map(({ fromMs, toMs }) => Math.round(((toMs ?? 0) - fromMs) / 1_000))).toEqual([60, 120]);
});

it('says nothing where Postgres cannot be written', async () => {
  const away = createProcessBeat({ process: 'away', write: () => Promise.reject(new Error('away')) });
  await expect(away.beat()).rejects.toThrow('away');
  expect((await stretches()).map(({ process }) => process)).not.toContain('away');
});
