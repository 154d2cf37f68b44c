import { expect, it } from 'vitest';
import { openApiDocument } from '../../admin/server/openapi.ts';
import { API_PATHS } from '../../admin/server/openapi-paths.ts';

it('the document of the REST API can be made from the verbs’ own schemas, and every reference in it leads somewhere', () => {
  const document = openApiDocument('http://localhost') as { paths: object; components: { schemas: object } };
  expect(Object.keys(document.paths)).toEqual(Object.keys(API_PATHS));
  const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(names).toContain('EndpointInput');
  expect(names.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
});
