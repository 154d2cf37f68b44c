import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../admin/server/openapi.ts';
import { API_PATHS } from '../../admin/server/openapi-paths.ts';
import { OTHER_PATHS } from '../../admin/server/other-paths.ts';
import { OPEN_ADDRESSES } from '../../admin/server/users/auth-route.ts';

it('the document of the REST API can be made from the verbs’ own schemas, and every reference in it leads somewhere', () => {
  const document = openApiDocument('http://localhost') as { paths: object; components: { schemas: object } };
  expect(Object.keys(document.paths)).toEqual([...Object.keys(API_PATHS), ...Object.keys(OTHER_PATHS)]);
  const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(names).toContain('EndpointInput');
  expect(names.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
});

it('the document names every address outside /api/v1 that the console has, sign-in included, each with its own server', () => {
  const document = openApiDocument('https://console.example') as {
    paths: Record<string, Record<string, unknown>>;
  };
  const app = fileURLToPath(new URL('../../admin/app', import.meta.url));
  const routes = globSync('{api,health}/**/route.ts', { cwd: app })
    .map((file) => `/${file.replace(/\/route\.ts$/, '')}`)
    .filter((path) => !path.startsWith('/api/v1/') && !path.includes('['));
  const signIn = Object.keys(OPEN_ADDRESSES).map((path) => `/api/auth${path}`);
  /** HookWise's own spellings of what stands under /api/v1. */
  const elsewhere = ['/api/cw/boards', '/api/stats'];
  expect([...routes.filter((path) => !elsewhere.includes(path)), ...signIn].sort()).toEqual(
    Object.keys(OTHER_PATHS).sort(),
  );
  for (const path of Object.keys(OTHER_PATHS))
    expect(document.paths[path]?.['servers']).toEqual([{ url: 'https://console.example' }]);
  for (const [path, method] of Object.entries(OPEN_ADDRESSES))
    expect(Object.keys(OTHER_PATHS[`/api/auth${path}`] ?? {})).toEqual([method.toLowerCase()]);
});
