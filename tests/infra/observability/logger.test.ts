import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMaskingWords } from '../../../infra/database/masking-words.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

function aLog(maskingWords?: () => readonly string[]) {
  const lines: string[] = [];
  const to = { write: (line: string) => void lines.push(line) };
  const log = createLogger('test', 'info', maskingWords === undefined ? { to } : { to, maskingWords });
  const last = () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
  return { log, last };
}

describe('a line of the log', () => {
  it('has everything under a secret name masked, at every depth, and the rest as it is', () => {
    const { log, last } = aLog();
    log.info({ apiToken: 'a', nested: { list: [{ clientSecret: 'b', author: 'c' }], password: 7 }, rows: 3 }, 'Done');
    expect(last()).toMatchObject({
      process: 'test',
      msg: 'Done',
      apiToken: '********',
      nested: { list: [{ clientSecret: '********', author: 'c' }], password: '********' },
      rows: 3,
    });
  });

  it('still tells an error with its text and stack', () => {
    const { log, last } = aLog();
    log.error({ err: new Error('It broke') }, 'Failed');
    expect(last()['err']).toMatchObject({
      type: 'Error',
      message: 'It broke',
      stack: expect.stringContaining('logger'),
    });
  });

  it('leaves out nothing that is deep or odd, and never fails', () => {
    const { log, last } = aLog();
    const loop: Record<string, unknown> = { at: new Date(0), big: 1n };
    loop['self'] = loop;
    log.info({ loop, nothing: null, missing: undefined, token: null }, 'Odd');
    expect(last()).toMatchObject({ msg: 'Odd', nothing: null, token: null });
  });
});

describe('names added by setting', () => {
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

  it('are masked from the moment a process learns of them, and shown again when they are taken away', async () => {
    const words = createMaskingWords();
    const { log, last } = aLog(words.current);
    const following = words.follow(pool);
    const seen = () => (log.info({ citizenNumber: '123' }, 'Seen'), last()['citizenNumber']);
    try {
      expect(seen()).toBe('123');
      await pool.query(
        `insert into setting (key, value, updated_by) values ('maskingWords', '["citizen number"]', 'test')`,
      );
      await eventually(() => expect(seen()).toBe('********'), 15_000);
      await pool.query(`update setting set value = '[]' where key = 'maskingWords'`);
      await eventually(() => expect(seen()).toBe('123'), 15_000);
    } finally {
      following.stop();
    }
  });

  it('stay as known while Postgres cannot be read', async () => {
    const words = createMaskingWords();
    await pool.query(
      `insert into setting (key, value, updated_by) values ('maskingWords', '["badge"]', 'test') on conflict (key) do update set value = excluded.value`,
    );
    await words.refresh(pool);
    const away = createPool('postgres://nobody@127.0.0.1:1/none', { name: 'test', max: 1 });
    await expect(words.refresh(away)).rejects.toThrow();
    expect(words.current()).toEqual(['badge']);
    await away.end();
  });
});
