import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { restoreVersion } from '../../admin/server/endpoints/restore-version.ts';
import { patchSettings } from '../../admin/server/settings/patch.ts';
import { applyFile } from '../../admin/server/transfer/apply.ts';
import { problemOf } from '../../admin/server/problem.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';
import { countRows, giveTicket, receivePlanned } from './recorded-webhooks.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const make = async (ticketing: object = {}) =>
  (await world.run(createEndpoint, { body: { name: 'Identity', ticketing } })).id;
const patch = (id: string, body: object, confirm?: 'identity') =>
  world.run(patchEndpoint, confirm ? { id, body, query: { confirm } } : { id, body });
const down = (name: string, more: object = {}) =>
  JSON.stringify({ monitor: { name }, heartbeat: { status: 0 }, host: `host of ${name}`, ...more });

interface Problem {
  status: number;
  detail: string;
  reason: string;
  total: number;
  incidents: { id: string; summary: string; ticketId: string | null; becomes: { summary: string } | null }[];
}

async function problem(id: string, body: object): Promise<Problem> {
  const refusal = await world.refusal(patchEndpoint, { id, body });
  return (await problemOf(refusal).json()) as Problem;
}

describe('masking words that would alter the identity of open incidents', () => {
  it('are refused and name them first, on every endpoint, and are saved when that is confirmed', async () => {
    const [first, second] = [await make(), await make({ mapping: { summary: '$.host' } })];
    const [one, two] = [
      await giveTicket(world, await receivePlanned(world, first, down('Masked one')), 'M1'),
      await giveTicket(world, await receivePlanned(world, second, down('Masked two')), 'M2'),
    ];
    const save = (maskingWords: string[], query: object = {}) => ({ body: { maskingWords }, query });
    const before = await countRows(world);
    const refusal = await world.refusal(patchSettings, save(['monitor']));
    const told = (await problemOf(refusal).json()) as Problem;
    expect(told).toMatchObject({ status: 409, reason: 'identity', total: 1 });
    expect(told.incidents).toMatchObject([{ id: one, ticketId: 'M1', becomes: { summary: 'Alert: ********' } }]);
    expect(await countRows(world)).toEqual(before);
    const both = await world.refusal(patchSettings, save(['monitor', 'host']));
    expect(both.details).toMatchObject({
      total: 2,
      incidents: expect.arrayContaining([expect.objectContaining({ id: two })]),
    });
    expect(await world.run(patchSettings, save(['colour']))).toMatchObject({ maskingWords: ['colour'] });
    expect(await world.run(patchSettings, save(['monitor'], { confirm: 'identity' }))).toMatchObject({
      maskingWords: ['monitor'],
    });
    const audits = await world.context.pool.query(
      `select after from audit_entry where entity = 'settings' and action = 'confirm-identity'`,
    );
    expect(audits.rows).toEqual([{ after: { incidents: [one] } }]);
    expect(
      (await world.run(patchSettings, { body: { maskingWords: ['monitor'], logRetentionDays: 20 } })).logRetentionDays,
    ).toBe(20);
  });

  it('of a YAML file are previewed with them, and applied only when that is confirmed', async () => {
    await world.run(patchSettings, { body: { maskingWords: [] }, query: { confirm: 'identity' } });
    const id = await make();
    await giveTicket(world, await receivePlanned(world, id, down('Of a file')), 'M3');
    const body = { file: 'hookwise: 1\nsettings:\n  maskingWords: [monitor]\n' };
    const preview = await world.run(applyFile, { query: { dryRun: 'true' }, body });
    expect(preview.plan[0]).toMatchObject({
      kind: 'settings',
      notes: [expect.stringMatching(/“Alert: Of a file” \(ticket M3\).*confirm=identity/)],
    });
    expect(await world.refusal(applyFile, { query: {}, body })).toMatchObject({
      code: 'conflict',
      details: { reason: 'identity' },
    });
    expect((await world.run(applyFile, { query: { confirm: 'identity' }, body })).changed).toBe(1);
    await world.run(patchSettings, { body: { maskingWords: [] }, query: { confirm: 'identity' } });
  });
});

describe('a change that would alter the identity of open incidents', () => {
  it.each([
    ['another summary mapping', { mapping: { summary: '$.host' } }, 'Alert: host of Web'],
    ['another prefix', { summaryPrefix: 'Night:' }, 'Night: Web'],
    ['a removal', { summaryRemove: ['eb'] }, 'Alert: W'],
    ['a customer from the body', { mapping: { customer_id: '$.who' } }, 'Alert: Web'],
    ['other places for the tenant', { tenantPaths: ['$.who'] }, 'Alert: Web'],
  ])('is refused and names them first: %s', async (_what, ticketing, becomes) => {
    const id = await make();
    const opened = await receivePlanned(world, id, down('Web', { who: 'ACME' }));
    const incident = await giveTicket(world, opened, `ticket ${id}`);
    const before = await countRows(world);
    const told = await problem(id, { ticketing });
    expect(told).toMatchObject({ status: 409, reason: 'identity', total: 1 });
    expect(told.detail).toContain(`“Alert: Web” (ticket ticket ${id})`);
    expect(told.detail).toContain('?confirm=identity');
    expect(told.incidents).toMatchObject([{ id: incident, summary: 'Alert: Web', becomes: { summary: becomes } }]);
    expect(await countRows(world)).toEqual(before);
    expect((await patch(id, { ticketing }, 'identity')).version).toBe(2);
    const audits = await world.context.pool.query(
      `select after from audit_entry where entity_id = $1 and action = 'confirm-identity'`,
      [id],
    );
    expect(audits.rows).toEqual([{ after: { version: 2, incidents: [incident] } }]);
  });

  it('is judged by planning, not by the names of fields: a mapping or split that gives the same passes', async () => {
    const id = await make();
    await giveTicket(world, await receivePlanned(world, id, down('Same')), 'same');
    const mapped = { ticketing: { mapping: { summary: '$.monitor.name', priority: '$.level' } } };
    expect((await patch(id, mapped)).version).toBe(2);
    expect((await patch(id, { ticketing: { splitPath: '$.alerts[*]' } })).version).toBe(3);
    expect((await patch(id, { ticketing: { board: 'NOC', companyId: 'ACME' }, name: 'Other' })).version).toBe(4);
  });

  it('follows a split: alerts that would not be there any more are named without a new summary', async () => {
    const id = await make({ splitPath: '$.alerts[*]' });
    const body = { alerts: ['A', 'B'].map((name) => ({ monitor: { name }, heartbeat: { status: 0 } })) };
    await receivePlanned(world, id, JSON.stringify(body));
    const told = await problem(id, { ticketing: { splitPath: null } });
    expect(told.incidents.map(({ summary, ticketId, becomes }) => [summary, ticketId, becomes?.summary])).toEqual([
      ['Alert: A', null, 'Alert: Unknown Source'],
      ['Alert: B', null, undefined],
    ]);
    expect(told.detail).toContain('2 open incidents');
    const narrower = await problem(id, { ticketing: { splitPath: '$.alerts[0]' } });
    expect(narrower.incidents.map(({ summary }) => summary)).toEqual(['Alert: B']);
  });

  it('passes where no incident is open, and looks at the last webhook of each', async () => {
    const id = await make();
    const first = await receivePlanned(world, id, down('Closed'));
    const incident = await giveTicket(world, first, 'closed one');
    await world.context.pool.query(
      `update incident set ticket_id = null, phase = 'closed', want = 'none' where id = $1`,
      [incident],
    );
    expect((await patch(id, { ticketing: { summaryPrefix: 'X' } })).version).toBe(2);
    await receivePlanned(world, id, down('Moves'));
    expect((await problem(id, { ticketing: { summaryPrefix: 'Y' } })).total).toBe(1);
  });

  it('holds for restoring a version too', async () => {
    const id = await make({ summaryPrefix: 'One' });
    await patch(id, { ticketing: { summaryPrefix: 'Two' } });
    await receivePlanned(world, id, down('Restored'));
    const refusal = await world.refusal(restoreVersion, { id, version: '1' });
    expect([refusal.code, refusal.details['total']]).toEqual(['conflict', 1]);
    const restored = await world.run(restoreVersion, { id, version: '1', query: { confirm: 'identity' } });
    expect([restored.version, restored.ticketing.summaryPrefix]).toEqual([3, 'One']);
  });

  it('passes where what was recorded cannot be opened any more: nothing can be said then', async () => {
    const id = await make();
    const requestId = await receivePlanned(world, id, down('Damaged'));
    await world.context.pool.query(`update webhook set raw = raw || '\\x00' where id = $1`, [requestId]);
    expect((await patch(id, { ticketing: { summaryPrefix: 'Z' } })).version).toBe(2);
  });

  it('takes no other word for a confirmation', async () => {
    const id = await make();
    const refusal = await world.refusal(patchEndpoint, { id, body: {}, query: { confirm: 'yes' } });
    expect(refusal.faults[0]?.path).toBe('confirm');
  });
});
