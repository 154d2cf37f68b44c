import { globSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, nameEquals, textFilter } from '../../../activities/tickets/connectwise/conditions.ts';
import { createContext } from '../../../admin/server/context.ts';
import { makeFirstAdmin } from '../../../admin/server/first-run/make-first-admin.ts';
import { ConfigError, readConfig } from '../../../infra/config/index.ts';
import { VARIABLES, type Variable } from '../../../infra/config/variables.ts';
import { receivePlanned } from '../recorded-webhooks.ts';
import { aBrowser, call, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NASTY = `'"><script>alert(1)</script><img src=x onerror=alert(2)>`;

let served: ServedAccess;
let admin: Browser;
beforeAll(async () => {
  served = await serveAccess();
  admin = aBrowser(served);
  await admin.signIn('first@example.com', 'first password');
}, 120_000);
afterAll(() => served?.close());

const rows = async <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> =>
  (await served.world.context.pool.query<R>(sql, values)).rows;
const make = async (body: object) => {
  const made = await admin.ask('POST', '/api/v1/endpoints', body);
  expect(made.status).toBe(201);
  return made.json as { id: string; token: string; verification: { type: string }[] };
};

/** Every table of ours as text, to look for what must not lie there in the clear. */
async function whatIsKept(): Promise<string> {
  const tables = await rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema in ('public', 'auth')`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      rows<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from ${name} t`),
    ),
  );
  const all = texts.map(([row]) => row?.text ?? '').join('\n');
  const bytes = [...all.matchAll(/\\x([0-9a-f]{2,})/g)].map(([, hex]) =>
    Buffer.from(hex ?? '', 'hex').toString('latin1'),
  );
  return [all, ...bytes].join('\n');
}

describe('the holes of HookWise', () => {
  it('X1: what a payload says is data: the policy runs no inline script or handler, and answers are never taken for pages', async () => {
    const { id } = await make({ name: NASTY });
    const webhook = await receivePlanned(served.world, id, JSON.stringify({ monitor: { name: NASTY }, msg: NASTY }));
    for (const path of [
      `/api/v1/history/${webhook}`,
      '/api/v1/history',
      '/api/v1/endpoints',
      `/api/v1/endpoints/${NASTY}`,
    ]) {
      const { headers, status } = await admin.ask('GET', encodeURI(path));
      expect([path, status]).toEqual([path, path.includes(NASTY) ? 404 : 200]);
      expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? '';
      expect(scripts).toMatch(/'nonce-[A-Za-z0-9+/=]+'/);
      expect(scripts).not.toContain('unsafe');
      expect(policy).toContain("object-src 'none'");
    }
  });

  it('X1: X2: no page puts text together as markup, so quotes in names, rules and toasts cannot break out', () => {
    const sources = globSync('admin/{app,components,lib,config}/**/*.{ts,tsx}', { cwd: ROOT });
    expect(sources.length).toBeGreaterThan(100);
    const raw =
      /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(|srcDoc/;
    expect(sources.filter((file) => raw.test(readFileSync(`${ROOT}${file}`, 'utf8')))).toEqual([]);
  });

  it('X3: no stream and no socket opens for strangers', async () => {
    const streams = served.routes.filter(({ path }) => /live|stream|events/.test(path) && !path.startsWith('/health'));
    for (const { method, path } of streams)
      expect([path, (await call(served, method, path.replaceAll(/\{\w+\}/g, 'x'), undefined, {})).status]).toEqual([
        path,
        401,
      ]);
    for (const path of ['/api/live', '/api/v1/history', '/socket.io/'])
      expect([path, await upgrade(path)]).toEqual([path, expect.not.stringMatching(/^101$/)]);
    const asked = await call(served, 'GET', '/api/v1/history', undefined, { accept: 'text/event-stream' });
    expect([asked.status, asked.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  });

  it('X5: an HMAC secret is taken over REST, kept encrypted, never shown, and stays through changes', async () => {
    const secret = 'an-hmac-secret-of-the-sender';
    const { id } = await make({ name: 'Signed', verification: [{ type: 'hmac', secret }] });
    const changed = await admin.ask('PATCH', `/api/v1/endpoints/${id}`, { description: 'changed' });
    const shown = await admin.ask('GET', `/api/v1/endpoints/${id}`);
    const exported = await admin.ask('GET', '/api/v1/export');
    for (const answer of [changed, shown, exported]) {
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('hmac');
      expect(answer.text).not.toContain(secret);
    }
    expect(await whatIsKept()).not.toContain(secret);
  });

  it('X6: verification is on unless it is taken away by name: a missing field never switches it off', async () => {
    const made = await make({ name: 'Only a name' });
    expect(made.verification).toEqual([{ type: 'bearer' }]);
    const types = async (body: object) =>
      ((await admin.ask('PATCH', `/api/v1/endpoints/${made.id}`, body)).json['verification'] as object[]).length;
    expect(await types({ name: 'Another name' })).toBe(1);
    expect((await admin.ask('PATCH', `/api/v1/endpoints/${made.id}`, { verification: null })).status).toBe(422);
    expect(await types({})).toBe(1);
    expect(await types({ verification: [] })).toBe(0);
  });

  it('X7: what is kept of a secret is none: neither the digest of a key nor a sealed token opens anything', async () => {
    const key = await admin.ask('POST', '/api/v1/api-keys', { name: 'x7', role: 'admin' });
    const [kept] = await rows<{ hex: string; base64: string }>(
      `select encode(digest, 'hex') as hex, encode(digest, 'base64') as base64 from api_key where id = $1`,
      [key.json['id']],
    );
    const { id } = await make({ name: 'Sealed' });
    const [sealed] = await rows<{ text: string }>(
      `select encode(secrets_cipher, 'base64') as text from endpoint where id = $1`,
      [id],
    );
    for (const text of [kept?.hex, kept?.base64, `\\x${kept?.hex ?? ''}`, sealed?.text.replaceAll('\n', '')])
      expect(
        (await call(served, 'GET', '/api/v1/endpoints', undefined, { authorization: `Bearer ${text ?? ''}` })).status,
      ).toBe(401);
  });

  it('X8: no secret has a default, what is missing is said, and nobody gets in as admin/admin', async () => {
    const secrets = (Object.entries(VARIABLES) as [string, Variable][]).filter(([, { secret }]) => secret);
    expect(secrets.length).toBeGreaterThan(8);
    expect(secrets.filter(([, { fallback }]) => fallback !== null && fallback !== '')).toEqual([]);
    const example = readFileSync(`${ROOT}.env.example`, 'utf8');
    for (const [name] of secrets) expect(example).toContain(`\n#${name}=\n`);
    const { ENCRYPTION_KEY: _, ...rest } = served.world.environment;
    expect(() => createContext(readConfig(rest))).toThrow(ConfigError);
    const { HOOKWISE_ADMIN_PASSWORD: __, ...without } = served.world.environment;
    await served.world.context.pool.query(`update auth."user" set role = 'operator'`);
    const fresh = createContext(readConfig(without));
    await expect(makeFirstAdmin(fresh)).rejects.toThrow('HOOKWISE_ADMIN_PASSWORD');
    await served.world.context.pool.query(`update auth."user" set role = 'admin'`);
    await fresh.close();
    for (const email of ['admin', 'admin@hookwise.local', 'first@example.com'])
      expect((await aBrowser(served).signIn(email, 'admin')).status).toBeGreaterThanOrEqual(400);
  });

  it('X9: strangers leave no audit rows: not by signing out, nor by wrong passwords, nor by wrong keys', async () => {
    const count = async () => (await rows<{ n: number }>('select count(*)::int as n from audit_entry'))[0]?.n;
    const before = await count();
    const stranger = aBrowser(served);
    for (let times = 0; times < 3; times += 1) {
      await stranger.ask('POST', '/api/auth/sign-out', {});
      await stranger.signIn('first@example.com', 'wrong password');
      await stranger.ask('POST', '/api/auth/two-factor/verify-totp', { code: '123456' });
      await stranger.ask('POST', '/api/v1/endpoints', { name: 'x' }, { authorization: 'Bearer hw_wrong' });
    }
    expect((await stranger.ask('GET', '/logout')).status).toBe(404);
    expect(await count()).toBe(before);
  });

  it('X10: secrets in a payload are masked in what is shown and encrypted in what is kept', async () => {
    const { id } = await make({ name: 'Secrets', ticketing: { mapping: { description: '$.note' } } });
    const body = {
      heartbeat: { status: 0 },
      apiToken: 'tok-4711-secret',
      note: 'plain words',
      db: { password: 'pw-4712-secret' },
    };
    const webhook = await receivePlanned(served.world, id, JSON.stringify(body));
    const shown = await admin.ask('GET', `/api/v1/history/${webhook}`);
    expect(shown.text).toContain('plain words');
    expect(shown.text).toContain('********');
    const kept = await whatIsKept();
    expect(kept).toContain('plain words');
    for (const secret of ['tok-4711-secret', 'pw-4712-secret']) {
      expect(shown.text).not.toContain(secret);
      expect(kept).not.toContain(secret);
    }
  });

  it('X11: no text of a caller changes a condition of the ticket system', async () => {
    for (const text of ['x" or id>0 or name="', "x' or '1'='1", 'a"b\'c or id>0', '%" or "', 'x\\" or id > 0']) {
      expect(nameEquals('name', text)).toBeNull();
      const filter = textFilter('summary', text);
      const inside = /^summary(?:=| contains )(["'])(.*)\1$/s.exec(filter ?? 'summary=""');
      expect(inside).not.toBeNull();
      expect(inside?.[2]).not.toContain(inside?.[1]);
    }
    expect(allOf('a="1" or b="2"', null, 'c="3"')).toBe('(a="1" or b="2") and (c="3")');
    const asked = await admin.ask('GET', `/api/v1/psa/companies?q=${encodeURIComponent(`x" or id>0 or name='`)}`);
    expect([asked.status, asked.json['items']]).toEqual([200, []]);
  });

  it('X12: every change leaves an audit row that names who and what, and no secret', async () => {
    const { id, token } = await make({ name: 'Audited' });
    const webhook = await receivePlanned(served.world, id, '{"heartbeat":{"status":0}}');
    const steps: [string, string, string, unknown?][] = [
      ['endpoint rotate-token', 'POST', `/api/v1/endpoints/${id}/rotate-token`, {}],
      ['endpoint test', 'POST', `/api/v1/endpoints/${id}/test`, {}],
      ['webhook replay', 'POST', `/api/v1/history/${webhook}/replay`, {}],
      ['configuration export', 'GET', '/api/v1/export'],
      ['settings patch', 'PATCH', '/api/v1/settings', { logRetentionDays: 31 }],
      ['tenant-mapping create', 'POST', '/api/v1/tenant-mappings', { tenant: 'T', companyId: 'C' }],
      ['user create', 'POST', '/api/v1/users', { email: 'x12@example.com', name: 'X', password: 'x12 password' }],
      ['api-key create', 'POST', '/api/v1/api-keys', { name: 'x12' }],
      ['endpoint delete', 'DELETE', `/api/v1/endpoints/${id}`],
    ];
    const answers: string[] = [];
    for (const [what, method, path, body] of steps) {
      const [last] = await rows<{ id: string }>('select id from audit_entry order by id desc limit 1');
      const answer = await admin.ask(method, path, body);
      answers.push(answer.text);
      expect([what, answer.status < 300]).toEqual([what, true]);
      const made = await rows<{ what: string; actor: string }>(
        `select entity || ' ' || action as what, actor from audit_entry where id > $1`,
        [last?.id],
      );
      expect(made).toContainEqual({ what, actor: 'first@example.com' });
    }
    const audit = JSON.stringify(await rows('select * from audit_entry'));
    const secrets = answers.flatMap((text) => [...(/"(?:token|key)":"([^"]{20,})"/.exec(text)?.slice(1) ?? [])]);
    expect(secrets.length).toBeGreaterThanOrEqual(2);
    for (const secret of [...secrets, token, 'x12 password']) expect(audit).not.toContain(secret);
  });

  it('X13: no address answers the result of any work by its number: only of a thing that one may see', () => {
    const paths = served.routes.map(({ path }) => path);
    expect(paths.filter((path) => /\{(task|job|workflow|run|result)\w*\}|\/(tasks|jobs)\//i.test(path))).toEqual([]);
  });
});

function upgrade(path: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const asked = request(new URL(path, served.url), { headers: { connection: 'upgrade', upgrade: 'websocket' } });
  asked.on('upgrade', (_, socket) => {
    socket.destroy();
    resolve('101');
  });
  asked.on('response', (response) => {
    response.resume();
    resolve(String(response.statusCode));
  });
  asked.on('error', () => resolve('closed'));
  asked.end();
  return promise;
}
