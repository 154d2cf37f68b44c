import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { PARTS, type PartName } from '../support/running-stack.ts';
import { startStackProcess, type StackProcess } from '../support/stack-process.ts';
import { aName } from './contract/answer.ts';
import { startDeskWorld } from './contract/contract-world.ts';
import { hookwiseCases } from './contract/hookwise.cases.ts';

const EVERY_PART = Object.keys(PARTS) as PartName[];
let world: Awaited<ReturnType<typeof startDeskWorld>>;

beforeAll(async () => {
  world = await startDeskWorld();
}, 300_000);
afterAll(() => world?.stop());

describe('maintenance mode', () => {
  const settings = async (change: Record<string, unknown>) =>
    expect((await world.api('PATCH', '/settings', change)).status).toBe(200);

  it('acts from the next webhook on, refuses nothing, and lets a close through', async () => {
    const endpoint = await world.endpoint();
    const name = aName('mode');
    expect((await world.settled(await endpoint.alert(name, 0))).action).toBe('create');
    await settings({ maintenanceMode: true, maintenancePolicy: 'skip' });
    const skipped = await world.settled(await endpoint.alert(name, 0));
    expect([skipped.status, skipped.action]).toEqual(['skipped', 'none']);
    expect(JSON.stringify([skipped.message, skipped.alerts])).toMatch(/maintenance|window/);
    expect((await world.settled(await endpoint.alert(name, 1))).action).toBe('close');
    await settings({ maintenanceMode: false });
    expect((await world.settled(await endpoint.alert(name, 0))).action).toBe('create');
  });

  it('with the policy hold keeps alerts until it is switched off', async () => {
    const endpoint = await world.endpoint();
    await settings({ maintenanceMode: true, maintenancePolicy: 'hold' });
    const id = await endpoint.alert(aName('held'), 0);
    expect((await world.settled(id)).status).toBe('held');
    await settings({ maintenanceMode: false, maintenancePolicy: 'skip' });
    const shown = await eventually(async () => {
      const found = await world.history(id);
      expect(found.status).toBe('processed');
      return found;
    }, 15_000);
    expect(shown.action).toBe('create');
  });

  it('HookWise’s switch turns it over, and a global window acts like it', async () => {
    const turn = async () =>
      (await (
        await fetch(`${world.stack.adminOrigin}/admin/maintenance`, {
          method: 'POST',
          headers: { Authorization: 'Bearer hw_chaos-and-bench' },
        })
      ).json()) as unknown;
    expect([await turn(), await turn()]).toEqual([{ maintenance_mode: true }, { maintenance_mode: false }]);
    const window = {
      type: 'once',
      start: new Date(Date.now() - 60_000).toISOString(),
      end: new Date(Date.now() + 60_000).toISOString(),
    };
    const made = await world.api('POST', '/maintenance-windows', { name: aName('global'), window });
    expect(made.status, made.text).toBe(201);
    const endpoint = await world.endpoint();
    const shown = await world.settled(await endpoint.alert(aName('in a global window'), 0));
    expect((await world.api('DELETE', `/maintenance-windows/${String(made.body['id'])}`)).status).toBe(204);
    expect([shown.status, /maintenance|window/.test(JSON.stringify([shown.message, shown.alerts]))]).toEqual([
      'skipped',
      true,
    ]);
    expect((await world.settled(await endpoint.alert(aName('after it'), 0))).status).toBe('processed');
  });
});

describe('what HookWise’s users bring along', () => hookwiseCases(() => world));

describe('start', () => {
  it('health routes have no rate limit', async () => {
    const urls = [
      `${world.stack.ingressOrigin}/health/live`,
      `${world.stack.ingressOrigin}/health/ready`,
      `${world.stack.adminOrigin}/health/ready`,
    ];
    for (const url of urls) {
      const statuses = new Set<number>();
      for (let round = 0; round < 40; round += 1)
        for (const answer of await Promise.all(Array.from({ length: 20 }, () => fetch(url))))
          statuses.add((await answer.text(), answer.status));
      expect([url, ...statuses]).toEqual([url, 200]);
    }
  });

  it(
    'several run side by side, each clean in a data folder of its own, with any text as API key, behind a proxy that speaks https',
    { timeout: 240_000 },
    async () => {
      await world.endpoint();
      const environment = {
        FORCE_HTTPS: 'true',
        TRUSTED_PROXIES: '127.0.0.0/8',
        CW_TICKET_PREFIX: '',
        VIABILITY_TTL: '1',
      };
      let other: StackProcess | null = null;
      try {
        for (const key of ['just any text, 1!', 'schlüssel']) {
          const kept: StackProcess | null = other;
          other = await startStackProcess({
            environment: { ...kept?.environment, ...environment, HOOKWISE_API_KEY: key },
            ...(kept ? { dataDir: kept.dataDir } : {}),
          });
          await other.untilReady(180_000);
          const admin = `http://127.0.0.1:${other.environment['ADMIN_PORT']}`;
          const ingress = `http://127.0.0.1:${other.environment['PORT']}`;
          const https = {
            'X-Forwarded-Proto': 'https',
            Authorization: `Bearer ${Buffer.from(key).toString('latin1')}`,
          };
          expect((await fetch(`${ingress}/health/ready`)).status).toBe(200);
          const list = await fetch(`${admin}/api/v1/endpoints`, { headers: https });
          expect(list.status).toBe(200);
          expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(1);
          expect(
            (
              await fetch(`${admin}/api/v1/endpoints`, {
                redirect: 'manual',
                headers: { ...https, 'X-Forwarded-Proto': 'http' },
              })
            ).status,
          ).toBe(308);
          expect((await fetch(`${ingress}/webhook/none`, { method: 'POST', redirect: 'manual' })).status).toBe(308);
          expect((await fetch(`${ingress}/webhook/none`, { method: 'POST', headers: https })).status).toBe(404);
          expect((await other.end()).status).toBe(0);
        }
      } finally {
        await other?.clean();
      }
    },
  );

  it(
    'each part is a process of its own, and one that is killed is back within 60 s',
    { timeout: 120_000 },
    async () => {
      const endpoint = await world.endpoint();
      const before = EVERY_PART.map((part) => world.stack.kill(part));
      expect(new Set(before).size).toBe(EVERY_PART.length);
      await eventually(
        () => EVERY_PART.forEach((part, at) => expect(world.stack.pidOf(part)).not.toBe(before[at])),
        60_000,
        250,
      );
      await world.stack.untilReady(60_000);
      expect((await world.settled(await endpoint.alert(aName('after the kills'), 0), 60_000)).action).toBe('create');
    },
  );

  it('a worker that cannot start is started again until it can', { timeout: 120_000 }, async () => {
    const endpoint = await world.endpoint();
    const pids = new Set([world.stack.kill('worker')]);
    const blocker = await occupy(Number(world.stack.stack.environment['WORKER_METRICS_PORT']));
    await eventually(() => pids.add(world.stack.stack.pidOf('worker')).size > 2, 60_000, 100);
    blocker.close();
    expect((await world.settled(await endpoint.alert(aName('after the blocked port'), 0), 60_000)).action).toBe(
      'create',
    );
  });
});

/** Takes a port as soon as nobody has it. */
async function occupy(port: number): Promise<Server> {
  return eventually(
    () =>
      new Promise<Server>((resolve, reject) => {
        const server = createServer();
        server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
      }),
    10_000,
    20,
  );
}
