import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backtestEndpoint } from '../../admin/server/backtest/backtest.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { deleteEndpoint } from '../../admin/server/endpoints/delete.ts';
import { aBeat } from '../support/dispatch-bench.ts';
import { aBacktestWorld, type BacktestWorld } from './backtest-world.ts';

let world: BacktestWorld;
beforeAll(async () => {
  world = await aBacktestWorld();
}, 60_000);
afterAll(() => world?.close());

const make = async (ticketing: object = {}): Promise<string> =>
  (await world.run(createEndpoint, { body: { name: 'Uptime Kuma', ticketing } })).id;

async function recorded(ticketing: object, bodies: readonly unknown[]): Promise<{ id: string; webhooks: string[] }> {
  const id = await make(ticketing);
  const webhooks = await world.receive(id, bodies);
  await world.dispatch([id]);
  return { id, webhooks };
}

describe('a backtest', () => {
  it('of the endpoint as it is changes nothing, and says so', async () => {
    const { id, webhooks } = await recorded({}, [aBeat(0), aBeat(0), aBeat(1), aBeat(0, 'Mail')]);
    const result = await world.backtest(id);
    expect(result).toMatchObject({ webhooks: webhooks.length, changed: 0, changes: {}, examples: [], waiting: 0 });
    expect(result.before).toEqual(result.after);
    expect(result.before).toMatchObject({ alerts: 4, tickets: 2, closes: 1, openAtEnd: 1 });
    expect(result.gone).toBeNull();
  });

  it('counts tickets then and now, names what changes, and shows examples', async () => {
    const { id, webhooks } = await recorded({}, [
      aBeat(0, 'db-1'),
      aBeat(0, 'db-2'),
      aBeat(0, 'web-1'),
      aBeat(1, 'db-1'),
    ]);
    const config = {
      ticketing: {
        routingRules: [
          { path: '$.monitor.name', regex: '^web', overrides: { drop: true } },
          { path: '$.monitor.name', regex: '^db', overrides: { board: 'Database', customer_id: 'ACME' } },
        ],
      },
    };
    const result = await world.backtest(id, { config });
    expect(result.before).toMatchObject({ tickets: 3, skipped: {} });
    expect(result.after).toMatchObject({ tickets: 2, skipped: { dropped: 1 } });
    expect(result).toMatchObject({ changed: 4, changes: { outcome: 1, board: 3, companyId: 3 } });
    expect(result.examples.map(({ requestId }) => requestId)).toEqual(webhooks);
    expect(result.examples[2]?.changes).toContainEqual({
      n: 0,
      field: 'outcome',
      before: 'incident',
      after: 'skip: dropped',
    });
    expect(result.tickets.after[0]).toMatchObject({ board: 'Database', companyId: 'ACME', alerts: 2 });
  });

  it('counts what a timing alone changes although no plan does', async () => {
    const { id } = await recorded({ noteIntervalSeconds: 0 }, [aBeat(0), aBeat(0), aBeat(0), aBeat(0)]);
    const result = await world.backtest(id, { config: { ticketing: { noteIntervalSeconds: 3_600 } } });
    expect(result).toMatchObject({ changed: 0, before: { notes: 3 }, after: { notes: 2 } });
  });

  it('streams progress by batches and ends with the result', async () => {
    const { id } = await recorded(
      {},
      Array.from({ length: 300 }, (_, n) => aBeat(0, `m${n}`)),
    );
    const lines = await world.lines(id);
    expect(lines.map(({ kind }) => kind)).toEqual(['progress', 'progress', 'result']);
    expect(lines[0]).toMatchObject({ done: 250, total: 300 });
  });

  it('takes the newest of a range, in time', async () => {
    const { id, webhooks } = await recorded({}, [aBeat(0, 'a'), aBeat(0, 'b'), aBeat(0, 'c')]);
    expect(await world.backtest(id, { limit: 2 })).toMatchObject({ webhooks: 2, before: { tickets: 2 } });
    await world.receivedAt(webhooks[0] ?? '', new Date(Date.now() - 30_000));
    const from = new Date(Date.now() - 15_000).toISOString();
    expect(await world.backtest(id, { from })).toMatchObject({ webhooks: 2 });
    expect(await world.backtest(id, { to: from })).toMatchObject({ webhooks: 1 });
    expect(await world.backtest(id, { to: '2020-01-01T00:00:00Z' })).toMatchObject({ webhooks: 0, from: null });
  });

  it('leaves out replays, what is not planned yet and what does not open any more, and counts these', async () => {
    const { id, webhooks } = await recorded({}, [aBeat(0, 'a'), aBeat(0, 'b'), aBeat(0, 'c')]);
    const { pool } = world.context;
    await pool.query(`update webhook set origin = 'replay', replay_of = id where id = $1`, [webhooks[0]]);
    await pool.query(`update webhook set raw = '\\x00' where id = $1`, [webhooks[1]]);
    await world.receive(id, [aBeat(0, 'd')]);
    expect(await world.backtest(id)).toMatchObject({ webhooks: 1, unreadable: 1, waiting: 1 });
  });

  it('says how much of the range retention has taken', async () => {
    const { id, webhooks } = await recorded({}, [aBeat(0, 'a'), aBeat(0, 'b')]);
    const { pool } = world.context;
    for (const [table, column] of Object.entries({ alert: 'webhook_id', webhook_text: 'id', webhook: 'id' }))
      await pool.query(`delete from ${table} where ${column} = $1`, [webhooks[0]]);
    expect(await world.backtest(id)).toMatchObject({ webhooks: 1, gone: { alerts: 1 } });
  });

  it('writes nothing', async () => {
    const { id } = await recorded({}, [aBeat(0)]);
    const { pool } = world.context;
    const written = async () =>
      (
        await pool.query(
          `select (select count(*) from webhook) as webhooks, (select count(*) from alert) as alerts, (select count(*) from incident_event) as lines,
                  (select sum(alerts) from incident) as told, (select count(*) from endpoint_version) as versions, (select count(*) from audit_entry) as audited`,
        )
      ).rows[0];
    const before = await written();
    await world.backtest(id, { config: { ticketing: { summaryPrefix: 'X' } } });
    expect(await written()).toEqual(before);
  });

  it('judges the draft before it begins, and names the place', async () => {
    const id = await make();
    const config = { ticketing: { routingRules: [{ path: '$.a', pattern: '(' }] } };
    const refusal = await world.refusal(backtestEndpoint, { id, body: { config } });
    expect(refusal.faults.map(({ path }) => path)).toEqual([
      expect.stringContaining('ticketing.routingRules.0.pattern'),
    ]);
    const later = { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' };
    expect((await world.refusal(backtestEndpoint, { id, body: later })).faults[0]?.path).toBe('to');
    expect((await world.refusal(backtestEndpoint, { id, body: {} }, 'viewer')).code).toBe('forbidden');
  });

  it('is no more for a deleted endpoint', async () => {
    const id = await make();
    await world.run(deleteEndpoint, { id, query: {} });
    expect((await world.refusal(backtestEndpoint, { id, body: {} })).code).toBe('not-found');
  });

  it('ends when nobody listens any more', async () => {
    const { id } = await recorded(
      {},
      Array.from({ length: 300 }, (_, n) => aBeat(0, `m${n}`)),
    );
    const lines = await world.run(backtestEndpoint, { id, body: {} }, 'operator');
    await lines.next();
    await lines.return(undefined);
    expect(await lines.next()).toEqual({ done: true, value: undefined });
  });

  it('tells a draft that stays silent why', async () => {
    const { id } = await recorded({}, [aBeat(0)]);
    const result = await world.backtest(id, { config: { draft: true } });
    expect(result.after).toMatchObject({ tickets: 0, skipped: { draft: 1 } });
    expect(result.warnings.join()).toContain('"draft": false');
  });

  it('counts the global mode as on exactly for what it kept then', async () => {
    const id = await make();
    const { pool } = world.context;
    const mode = (on: boolean) =>
      pool.query(
        `insert into setting (key, value, updated_by) values ('maintenanceMode', $1, 'test') on conflict (key) do update set value = excluded.value`,
        [JSON.stringify(on)],
      );
    await world.receive(id, [aBeat(0, 'before')]);
    await world.dispatch([id]);
    await mode(true);
    await world.receive(id, [aBeat(0, 'during')]);
    await world.dispatch([id]);
    expect(await world.backtest(id)).toMatchObject({ changed: 0, after: { tickets: 1, skipped: { maintenance: 1 } } });
    await mode(false);
    expect(await world.backtest(id)).toMatchObject({ changed: 0, after: { tickets: 1, skipped: { maintenance: 1 } } });
  });
});
