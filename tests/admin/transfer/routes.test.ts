import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveRoutes, type ServedRoutes } from '../../infra/cli/served-routes.ts';

let served: ServedRoutes;
beforeAll(async () => {
  served = await serveRoutes();
}, 60_000);
afterAll(() => served?.close());

const BACKUP = readFileSync(new URL('../fixtures/hookwise-backup.json', import.meta.url), 'utf8');
const call = (path: string, type?: string, body?: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${served.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${served.world.environment['HOOKWISE_API_KEY']}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });

describe('REST', () => {
  it('answers the file as YAML to be saved, and takes it back as it is', async () => {
    const answer = await call('/export');
    expect(answer.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('hookwise.yaml');
    const applied = await call('/apply?dryRun=true', 'application/yaml', await answer.text());
    expect(applied.status).toBe(200);
    expect(await applied.json()).toMatchObject({ dryRun: true, changed: 0 });
  });

  it('answers a faulty file with problem+json that has path, line and column', async () => {
    const answer = await call('/apply', 'application/yaml', 'hookwise: 1\nsetings: {}\n');
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      errors: [{ path: 'setings', line: 2, column: 1, message: 'This field is not known. Did you mean "settings"?' }],
    });
  });

  it('takes a backup alone, and says where a truncated one ends', async () => {
    const preview = await call('/import/hookwise', 'application/json', BACKUP);
    expect(await preview.json()).toMatchObject({ dryRun: true, changed: 3 });
    const cut = await call('/import/hookwise?apply=true', 'application/json', BACKUP.slice(0, 900));
    expect(cut.status).toBe(422);
    expect(((await cut.json()) as { detail: string }).detail).toMatch(/line \d+, column \d+: .*truncated/);
  });

  it.each([
    ['/apply', 'application/xml', '<a/>', 415],
    ['/apply', 'application/json', '{"file": 5}', 422],
    ['/apply?dryRun=perhaps', 'application/yaml', 'hookwise: 1', 422],
    ['/apply', 'application/yaml', Uint8Array.of(0x61, 0xff, 0xfe), 422],
    ['/import/hookwise', 'multipart/form-data', 'x', 415],
    ['/import/hookwise', 'application/json', '', 422],
    ['/import/hookwise?aply=true', 'application/json', '[]', 422],
    ['/export', 'application/json', '{"secrets":"plain"}', 422],
  ])('refuses %s with %s', async (path, type, body, status) => {
    expect((await call(path, type, body)).status).toBe(status);
  });

  it('lets nobody in without a key', async () => {
    for (const [path, method] of [
      ['/export', 'GET'],
      ['/export', 'POST'],
      ['/apply', 'POST'],
      ['/import/hookwise', 'POST'],
    ])
      expect((await fetch(`${served.url}/api/v1${path}`, { method: method ?? 'GET' })).status).toBe(401);
  });
});
