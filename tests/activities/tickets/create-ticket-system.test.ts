import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTicketSystem } from '../../../activities/tickets/create-ticket-system.ts';
import { registerConnection } from '../../../activities/tickets/register-connection.ts';
import { ticketMetrics, withMetrics } from '../../../activities/tickets/ticket-metrics.ts';
import { TicketSystemError, type TicketSystem } from '../../../activities/tickets/ticket-system.ts';
import { readConfig } from '../../../infra/config/index.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { startConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aDraft, aKey, faultOf } from './port-conformance.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'ticket-systems', max: 3 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the ticket system that the environment chooses', () => {
  it('is the desk without ConnectWise’s access, registered with an open gate', async () => {
    const system = await createTicketSystem(
      readConfig({ CW_SERVICE_BOARD: 'Help', ADMIN_URL: 'http://console' }),
      pool,
    );
    expect(system.describe().kind).toBe('desk');
    const made = await system.create(aDraft(), aKey());
    expect(made.url).toBe(`http://console/tickets/${made.id}`);
    expect((await pool.query('select board from ticket where id = $1', [made.id])).rows).toEqual([{ board: 'Help' }]);
    expect((await pool.query('select name, kind, gate from connection')).rows).toEqual([
      { name: 'desk', kind: 'desk', gate: 'open' },
    ]);
  });

  it('is ConnectWise with its access, its calls taken from the budget in its row', async () => {
    const simulator = await startConnectwiseSimulator();
    const { company, publicKey, privateKey, clientId } = simulator.credentials;
    const config = readConfig({
      CW_URL: simulator.url,
      CW_COMPANY: company,
      CW_PUBLIC_KEY: publicKey,
      CW_PRIVATE_KEY: privateKey,
      CW_CLIENT_ID: clientId,
      CW_DEFAULT_COMPANY_ID: 'ACME',
    });
    const system = await createTicketSystem(config, pool);
    expect(system.describe()).toMatchObject({ kind: 'connectwise', keyLookup: 'lagging' });
    await system.create(aDraft(), aKey());
    expect(simulator.record.counts().tickets).toBe(1);
    const { rows } = await pool.query(
      `select budget_at > '-infinity' as used from connection where name = 'connectwise'`,
    );
    expect(rows).toEqual([{ used: true }]);
    await simulator.stop();
  });

  it('is registered once by many processes, and keeps its gate', async () => {
    await Promise.all(Array.from({ length: 5 }, () => registerConnection(pool, { name: 'many', kind: 'desk' })));
    await pool.query(`update connection set gate = 'closed' where name = 'many'`);
    await registerConnection(pool, { name: 'many', kind: 'connectwise' });
    expect((await pool.query(`select kind, gate from connection where name = 'many'`)).rows).toEqual([
      { kind: 'connectwise', gate: 'closed' },
    ]);
  });
});

describe('the metrics of the ticket system', () => {
  const failing = (effect: 'none' | 'unknown') => async () => {
    throw new TicketSystemError(effect === 'none' ? 'invalid' : 'outcome-unknown', 'no', { effect });
  };

  it('count calls by kind and by how they ended, and time them', async () => {
    ticketMetrics.resetMetrics();
    const inner = {
      create: failing('unknown'),
      addNote: failing('none'),
      get: async () => null,
      setState: failing('none'),
    } as unknown as TicketSystem;
    const system = withMetrics(inner);
    await faultOf(system.create(aDraft(), aKey()));
    await faultOf(system.addNote('1', { body: '', visibility: 'internal', purpose: 'update', key: 'k' }));
    await faultOf(system.setState('1', 'closed', null));
    await system.get('1');
    const text = await ticketMetrics.metrics();
    for (const line of [
      'hookwise_psa_tasks_total{type="create",result="unknown"} 1',
      'hookwise_psa_tasks_total{type="note",result="failure"} 1',
      'hookwise_psa_tasks_total{type="close",result="failure"} 1',
      'hookwise_psa_tasks_total{type="get",result="success"} 1',
      'hookwise_psa_task_seconds_count{type="get"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });
});
