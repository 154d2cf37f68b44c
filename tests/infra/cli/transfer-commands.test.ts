import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { listEndpoints } from '../../../admin/server/endpoints/list.ts';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';
import { hookwise as run, type Outcome } from '../../support/hookwise-command.ts';
import { serveRoutes, type ServedRoutes } from './served-routes.ts';

let served: ServedRoutes;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookwise-cli-'));
  served = await serveRoutes();
}, 60_000);
afterAll(async () => {
  await served?.close();
  rmSync(folder, { recursive: true, force: true });
});

function hookwise(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const apiKey = served.world.environment['HOOKWISE_API_KEY'] ?? '';
  return run(args, { cwd: folder, env: { ADMIN_URL: served.url, HOOKWISE_API_KEY: apiKey, ...environment } });
}

describe('export and apply on the command line', () => {
  it('write a file, show what an edit would change, do it, and then find nothing to do', async () => {
    const made = await served.world.run(createEndpoint, { body: { name: 'Web shop', ticketing: { board: 'NOC' } } });
    const file = join(folder, 'hookwise.yaml');
    expect(await hookwise(['export', '--file', file])).toMatchObject({ status: 0, out: '' });
    expect(statSync(file).mode & 0o077).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect((await hookwise(['export'])).out).toBe(text);
    writeFileSync(file, text.replace('board: NOC', 'board: Cloud'));
    const preview = await hookwise(['apply', file, '--dry-run']);
    expect(preview.status).toBe(0);
    expect(preview.out).toContain('~ update    endpoint "Web shop": ticketing.board');
    expect(preview.out).toContain('1 of 2 would change.');
    expect((await hookwise(['apply', file])).out).toContain('1 of 2 changed.');
    expect((await hookwise(['apply', file])).out).toContain('Nothing to change.');
    const { items } = await served.world.run(listEndpoints, { query: {} });
    expect(items).toMatchObject([{ id: made.id, version: 2, ticketing: { board: 'Cloud' } }]);
  }, 120_000);

  it('name the file, line and remedy of a fault and end with 1', async () => {
    const file = join(folder, 'faulty.yaml');
    writeFileSync(file, 'hookwise: 1\nendpoints:\n  - name: x\n    tickting: {}\n');
    const { status, err } = await hookwise(['apply', file]);
    expect(status).toBe(1);
    expect(err).toContain(`${file}:4:5  endpoints.0.tickting: This field is not known. Did you mean "ticketing"?`);
  }, 120_000);

  it('seal secrets under a passphrase and take named ones from the environment', async () => {
    const sealed = join(folder, 'sealed.yaml');
    const passphrase = { HOOKWISE_PASSPHRASE: 'correct horse' };
    expect((await hookwise(['export', '--secrets', 'encrypted', '-f', sealed], passphrase)).status).toBe(0);
    expect(readFileSync(sealed, 'utf8')).toContain('key: encrypted:');
    expect((await hookwise(['apply', sealed], passphrase)).out).toContain('Nothing to change.');
    expect((await hookwise(['apply', sealed])).err).toContain('the passphrase');
    expect((await hookwise(['export', '--secrets', 'encrypted'])).err).toContain('passphrase');
    const named = join(folder, 'named.yaml');
    writeFileSync(named, 'hookwise: 1\nendpoints:\n  - name: Named\n    key: ${SHOP_KEY}\n');
    expect((await hookwise(['apply', named])).err).toContain('SHOP_KEY is not given');
    const key = 'k'.repeat(64);
    expect((await hookwise(['apply', named], { SHOP_KEY: key })).out).toContain(`/webhook/${key}`);
  }, 120_000);
});

describe('import on the command line', () => {
  it('previews, carries over with --apply, and says what does not come', async () => {
    const backup = join(CHECKOUT, 'tests/admin/fixtures/hookwise-backup.json');
    const args = ['import', backup, '--fernet-key', 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='];
    const preview = await hookwise(args);
    expect(preview).toMatchObject({ status: 0, err: '' });
    expect(preview.out).toContain('+ create    endpoint "Uptime Kuma"');
    expect(preview.out).toContain('0.routing_rules.1 (Uptime Kuma): ');
    expect(preview.out).toContain('add --apply to do it');
    expect((await hookwise([...args, '--apply'])).out).toContain('3 of 3 changed.');
    expect((await hookwise([...args, '--apply'])).out).toContain('Nothing to change.');
    const wrong = await hookwise(['import', backup, '--fernet-key', Buffer.alloc(32, 1).toString('base64url')]);
    expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining('not the ENCRYPTION_KEY') });
    const cut = join(folder, 'cut.json');
    writeFileSync(cut, readFileSync(backup, 'utf8').slice(0, 2000));
    expect((await hookwise(['import', cut])).err).toMatch(/cut\.json:\d+:\d+: The file ends in the middle/);
  }, 120_000);
});

describe('a command', () => {
  it('called wrongly says how it is used; one that reaches nobody or is not let in says so', async () => {
    expect(await hookwise(['apply'])).toMatchObject({ status: 2, err: expect.stringContaining('Use: ') });
    expect(await hookwise(['export', '--fille', 'x'])).toMatchObject({ status: 2 });
    expect((await hookwise(['apply', join(folder, 'none.yaml')])).err).toContain('no such file');
    expect((await hookwise(['export'], { HOOKWISE_API_KEY: 'wrong' })).err).toContain('Refused (401)');
    const nobody = await hookwise(['export', '--url', 'http://127.0.0.1:1']);
    expect(nobody).toMatchObject({ status: 1, err: expect.stringContaining('Is HookWise running?') });
  }, 120_000);
});
