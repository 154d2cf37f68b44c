import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { API_PATHS, type Operation } from './openapi-paths.ts';
import { OTHER_PATHS } from './other-paths.ts';

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string().meta({ example: 'ticketing.routingRules.1.pattern' }),
          message: z.string(),
          line: z.int().optional().meta({ description: 'Line in the file sent, from 1.' }),
          column: z.int().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });

const WORDS: Record<string, string> = {
  202: 'Accepted; it goes on by itself.',
  204: 'Done.',
  302: 'Goes on to a page.',
};

const REASONS: Record<number, string> = {
  401: 'No good API key and no session.',
  403: 'The role does not allow it.',
  404: 'Not there.',
  409: 'The state forbids it; the detail says why.',
  422: 'The input is not valid; errors name the places.',
};

/** The OpenAPI document of everything under /api/v1, from the schemas that the verbs parse with, and of the few addresses besides. */
export function openApiDocument(serverUrl: string): object {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'HookWise',
      version: '1',
      description: 'Webhooks in, exactly one ticket out. Lists page by cursor; ids in paths are ids, never keys.',
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    security: [{ apiKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'hookwise.session_token' },
      },
    },
    paths: { ...pathsOf(API_PATHS, {}), ...pathsOf(OTHER_PATHS, { servers: [{ url: serverUrl }] }) },
  });
}

function pathsOf(paths: Record<string, Record<string, Operation>>, besides: object): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      {
        ...besides,
        ...Object.fromEntries(
          Object.entries(operations).map(([method, operation]) => [method, describe(path, method, operation)]),
        ),
      },
    ]),
  );
}

function describe(path: string, method: string, operation: Operation): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const refusals = [
    ...(operation.isOpen ? [] : [401, 403]),
    ...(names.length > 0 ? [404] : []),
    ...(operation.mayConflict ? [409] : []),
    ...(operation.body || operation.query ? [422] : []),
  ];
  return {
    operationId: `${method}${path.replace(/[{}]/g, '').replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [areaOf(path)],
    ...(operation.isOpen ? { security: [] } : {}),
    summary: operation.summary,
    requestParams: {
      ...(names.length > 0 ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {}),
      ...(operation.query ? { query: operation.query } : {}),
    },
    ...(operation.body ? { requestBody: { content: { 'application/json': { schema: operation.body } } } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, schema]) => [
          status,
          answer(status, schema, operation.answersAs),
        ]),
      ),
      ...Object.fromEntries(
        refusals.map((status) => [
          status,
          { description: REASONS[status] ?? '', content: { 'application/problem+json': { schema: Problem } } },
        ]),
      ),
    },
  };
}

/** Sign-in is an area of its own; of what lies outside /api/v1 the name after `api` tells the area. */
export function areaOf(path: string): string {
  const [first = '', second = ''] = path.split('/').slice(1);
  return first === 'api' ? second : first;
}

function answer(status: string, schema: z.ZodType | null, media = 'application/json') {
  const description = WORDS[status] ?? 'The answer.';
  return schema === null ? { description } : { description, content: { [media]: { schema } } };
}
