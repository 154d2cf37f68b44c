import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { dryRunEndpoint } from '../../admin/server/endpoints/dry-run.ts';
import type { DryRunView } from '../../admin/server/endpoints/dry-run-schemas.ts';
import { parseExactJson } from '../../admin/server/exact-json.ts';
import { createWindow } from '../../admin/server/maintenance-windows/verbs.ts';
import { createTenantMapping } from '../../admin/server/tenant-mappings/verbs.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';
import { countRows, giveTicket, receivePlanned } from './recorded-webhooks.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const make = async (ticketing: object = {}, more: object = {}) =>
  (await world.run(createEndpoint, { body: { name: 'Dry', ticketing, ...more } })).id;
const dryRun = (id: string, body: object): Promise<DryRunView> => world.run(dryRunEndpoint, { id, body }, 'operator');
const placesOf = async (id: string, body: object) =>
  (await world.refusal(dryRunEndpoint, { id, body }, 'operator')).faults.map(({ path }) => path);
const effectOf = async (id: string, body: object) => {
  const [effect] = (await dryRun(id, body)).effects;
  return [effect?.action, effect?.ticketId];
};
const kuma = (name: string, status: unknown, more: object = {}) => ({
  monitor: { name },
  heartbeat: { status },
  msg: 'said',
  ...more,
});

describe('a dry run', () => {
  it('answers the plan that live traffic gets, and writes nothing, not even an audit row', async () => {
    await world.run(createTenantMapping, { body: { tenant: 'contoso*', companyId: 'CONTOSO' } });
    const id = await make({
      mapping: { summary: '$.monitor.name at $.site', priority: '$.level' },
      routingRules: [{ path: '$.level', pattern: '^p1$', overrides: { board: 'NOC' } }],
    });
    const text =
      '{"monitor":{"name":"Web"},"heartbeat":{"status":0},"site":"Graz","level":"P1","Tenant":"contoso.example","apiToken":"hidden","big":12345678901234567890}';
    const requestId = await receivePlanned(world, id, text);
    const live = await world.context.pool.query('select plan from webhook_text where id = $1', [requestId]);
    const before = await countRows(world);
    const answer = await dryRun(id, { webhookId: requestId });
    const byBody = await dryRun(id, { body: parseExactJson(text) });
    expect(await countRows(world)).toEqual(before);
    expect(before['public.audit_entry']).toBeGreaterThan(0);
    const { alerts, steps, warnings, failure, configVersion } = live.rows[0].plan;
    expect({
      alerts: answer.alerts,
      steps: answer.steps,
      warnings: answer.warnings,
      failure: answer.failure,
      configVersion: answer.configVersion,
    }).toEqual({ alerts, steps, warnings, failure, configVersion });
    expect(byBody.alerts[0]).toEqual({ ...alerts[0], ticket: byBody.alerts[0]?.['ticket'] });
    expect(JSON.stringify(byBody)).toContain('12345678901234567890');
    expect(JSON.stringify([answer, byBody])).not.toContain('hidden');
  });

  it('tells which path gave which value, which rule matched, the company order, windows and masking', async () => {
    await world.run(createWindow, {
      body: { name: 'never now', window: { type: 'once', start: '2020-01-01T00:00Z', end: '2020-01-02T00:00Z' } },
    });
    const id = await make({
      companyId: 'OWN',
      mapping: { summary: '$.title' },
      routingRules: [{ path: '$.host', pattern: 'db', overrides: { board: 'Database' } }],
    });
    const { trace, steps } = await dryRun(id, {
      body: { title: 'Disk', host: 'db1', password: 'x', heartbeat: { status: 0 } },
    });
    expect(trace.masked).toEqual(['$.password']);
    expect(trace.windows).toContainEqual(expect.objectContaining({ scope: 'global', isActive: false, decides: false }));
    expect(trace.alerts[0]).toMatchObject({
      mapping: [{ field: 'summary', paths: [{ path: '$.title', value: 'Disk' }] }],
      rules: [{ matched: true, overrides: [{ field: 'board', value: 'Database', before: null }] }],
      company: { source: 'endpoint' },
    });
    expect(steps.join(' ')).toContain('Rule 1 matched');
  });

  it('plans with a draft laid over the endpoint as PATCH would, and names its faults under config', async () => {
    const id = await make({ board: 'NOC', mapping: { summary: '$.title' } });
    const draft = await dryRun(id, {
      body: { title: 'dry', heartbeat: { status: 0 } },
      config: { ticketing: { summaryPrefix: 'Draft', customer_id: 'ACME' } },
    });
    expect(draft.isDraft).toBe(true);
    expect(draft.alerts[0]?.['ticket']).toMatchObject({ summary: 'Draft dry', board: 'NOC', companyId: 'ACME' });
    const rule = { path: '$.a', regex: '(' };
    expect(await placesOf(id, { body: { a: 1 }, config: { ticketing: { routing_rules: [rule] } } })).toEqual([
      'config.ticketing.routingRules.0.pattern',
    ]);
    expect(await placesOf(id, { body: { a: 1 }, config: 'no object' })).toEqual(['config']);
  });

  it('says what would be done to which ticket: create, note, close, reopen or nothing', async () => {
    const id = await make({ reopenWindowSeconds: 600 });
    expect(await effectOf(id, { body: kuma('Web', 0) })).toEqual(['create', null]);
    expect(await effectOf(id, { body: kuma('Web', 1) })).toEqual(['none', null]);
    const opened = await receivePlanned(world, id, JSON.stringify(kuma('Web', 0)));
    expect(await effectOf(id, { body: kuma('Web', 0) })).toEqual(['note', null]);
    const incident = await giveTicket(world, opened, '4711');
    const [noted] = (await dryRun(id, { body: kuma('Web', 0) })).effects;
    expect(noted).toMatchObject({ action: 'note', ticketId: '4711', incidentId: incident });
    expect(noted?.ticketUrl).toMatch(/\/tickets\/4711$/);
    expect(await effectOf(id, { body: kuma('Web', 1) })).toEqual(['close', '4711']);
    expect(await effectOf(id, { body: kuma('Web', 'odd') })).toEqual(['none', null]);
    await world.context.pool.query(
      `update incident set ticket_id = null, last_ticket_id = '4711', phase = 'closed', want = 'none', closed_at = now() where id = $1`,
      [incident],
    );
    expect(await effectOf(id, { body: kuma('Web', 0) })).toEqual(['reopen', '4711']);
    expect(await effectOf(id, { body: kuma('Web', 0), config: { ticketing: { reopenWindowSeconds: 0 } } })).toEqual([
      'create',
      null,
    ]);
  });

  it('follows several alerts of one body in order, and a close that names no customer to the open incident it means', async () => {
    const id = await make({ splitPath: '$.alerts[*]', mapping: { customer_id: '$.who' } });
    const { effects } = await dryRun(id, {
      body: { alerts: [kuma('A', 0), kuma('A', 0), kuma('B', 1), kuma('A', 1)] },
    });
    expect(effects.map(({ action }) => action)).toEqual(['create', 'note', 'none', 'close']);
    const opened = await receivePlanned(world, id, JSON.stringify({ alerts: [kuma('C', 0, { who: 'ACME' })] }));
    await giveTicket(world, opened, '12');
    expect(await effectOf(id, { body: { alerts: [kuma('C', 1)] } })).toEqual(['close', '12']);
    const other = await receivePlanned(world, id, JSON.stringify({ alerts: [kuma('C', 0, { who: 'OTHER' })] }));
    await giveTicket(world, other, '13');
    const [lost] = (await dryRun(id, { body: { alerts: [kuma('C', 1)] } })).effects;
    expect(lost).toMatchObject({ action: 'none', ticketId: null });
    expect(lost?.text).toContain('ticket 12');
  });

  it('takes the clock it is given, so that a window can be tried', async () => {
    const window = { type: 'daily', start: '22:00', end: '04:00', policy: 'hold' };
    const id = await make({}, { maintenance: [window] });
    const at = (receivedAt: string) => dryRun(id, { body: kuma('W', 0), receivedAt });
    const held = await at('2026-03-01T23:00:00Z');
    expect(held.alerts[0]).toMatchObject({ disposition: 'hold', reason: 'window' });
    expect(held.trace.windows[0]).toMatchObject({ scope: 'endpoint', isActive: true, decides: true });
    expect(held.effects[0]).toMatchObject({ action: 'none' });
    expect((await at('2026-03-01T12:00:00+02:00')).alerts[0]).toMatchObject({ disposition: 'incident' });
    expect(await placesOf(id, { body: kuma('W', 0), receivedAt: 'soon' })).toEqual(['receivedAt']);
  });

  it('refuses what the ingress would refuse, webhooks of others, and a request that gives no body or two', async () => {
    const [id, other] = await Promise.all([make(), make()]);
    const foreign = await receivePlanned(world, other, JSON.stringify(kuma('X', 0)));
    for (const body of [{}, [], null, 0, false, '', 'text']) expect(await placesOf(id, { body })).toEqual(['body']);
    expect(await placesOf(id, { webhookId: foreign })).toEqual(['webhookId']);
    expect(await placesOf(id, { webhookId: 'nonsense' })).toEqual(['webhookId']);
    expect(await placesOf(id, {})).toEqual(['body']);
    expect(await placesOf(id, { body: { a: 1 }, webhookId: foreign })).toEqual(['webhookId']);
    expect(await placesOf(id, { body: { a: 1 }, colour: 'red' })).toEqual(['colour']);
    const deep = parseExactJson('['.repeat(65) + ']'.repeat(65));
    expect(await placesOf(id, { body: deep })).toEqual(['body']);
    expect((await world.refusal(dryRunEndpoint, { id, body: { body: { a: 1 } } }, 'viewer')).code).toBe('forbidden');
  });

  it('says so where a recorded webhook cannot be opened any more', async () => {
    const id = await make();
    const requestId = await receivePlanned(world, id, JSON.stringify(kuma('Damaged', 0)));
    await world.context.pool.query(`update webhook set raw = raw || '\\x00' where id = $1`, [requestId]);
    const refusal = await world.refusal(dryRunEndpoint, { id, body: { webhookId: requestId } });
    expect(refusal.faults).toEqual([{ path: 'webhookId', message: expect.stringContaining('decrypted') }]);
  });

  it('shows headers as they would be kept', async () => {
    const id = await make();
    const { headers } = await dryRun(id, {
      body: { a: 1 },
      headers: { authorization: 'Bearer abc', 'x-kind': ['a', 'b'] },
    });
    expect(headers).toEqual({ authorization: '********', 'x-kind': ['a', 'b'] });
  });
});
