/** An operation of the OpenAPI document, as the page shows it. */
export interface ShownOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  query: { name: string; kind: string; description: string; isNeeded: boolean }[];
  body: ShownSchema | null;
  answers: { status: string; description: string; name: string | null }[];
  curl: string;
}
export interface ShownSchema {
  name: string | null;
  fields: { name: string; kind: string; description: string; isNeeded: boolean }[];
}

type Json = Record<string, unknown>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The operations of a document by area (their tag), in the document's order. */
export function readDocument(document: object): Map<string, ShownOperation[]> {
  const root = object(document);
  const server = text(object(list(root['servers'])[0])['url']);
  const areas = new Map<string, ShownOperation[]>();
  for (const [path, given] of Object.entries(object(root['paths'])))
    for (const method of METHODS) {
      const operation = object(given)[method];
      if (!isObject(operation)) continue;
      const area = text(list(operation['tags'])[0]);
      const own = text(object(list(object(given)['servers'])[0])['url']) || server;
      areas.set(area, [...(areas.get(area) ?? []), show(root, own, path, method, operation)]);
    }
  return areas;
}

function show(root: Json, server: string, path: string, method: string, operation: Json): ShownOperation {
  const media = object(object(operation['requestBody'])['content']);
  const schema = object(object(media['application/json'])['schema']);
  const body = Object.keys(schema).length === 0 ? null : showSchema(root, schema);
  return {
    id: text(operation['operationId']),
    method: method.toUpperCase(),
    path,
    summary: text(operation['summary']),
    query: list(operation['parameters'])
      .map(object)
      .filter((one) => one['in'] === 'query')
      .map((one) => ({
        name: text(one['name']),
        kind: kindOf(root, object(one['schema'])),
        description: text(one['description']) || text(object(one['schema'])['description']),
        isNeeded: one['required'] === true,
      })),
    body,
    answers: Object.entries(object(operation['responses'])).map(([status, answer]) => {
      const [content] = Object.values(object(object(answer)['content'])).map(object);
      return {
        status,
        description: text(object(answer)['description']),
        name: nameOf(object(content?.['schema'])),
      };
    }),
    curl: curlOf(server, path, method, body),
  };
}

function showSchema(root: Json, given: Json): ShownSchema {
  const schema = follow(root, given);
  const needed = list(schema['required']);
  return {
    name: nameOf(given),
    fields: Object.entries(object(schema['properties'])).map(([name, field]) => ({
      name,
      kind: kindOf(root, object(field)),
      description: text(object(field)['description']) || text(follow(root, object(field))['description']),
      isNeeded: needed.includes(name),
    })),
  };
}

function follow(root: Json, schema: Json): Json {
  const name = nameOf(schema);
  return name === null ? schema : object(object(object(root['components'])['schemas'])[name]);
}

function nameOf(schema: Json): string | null {
  return text(schema['$ref']).split('/').at(-1) || null;
}

function kindOf(root: Json, given: Json): string {
  const name = nameOf(given);
  const schema = follow(root, given);
  const choices = list(schema['enum']);
  if (choices.length > 0) return choices.map((one) => JSON.stringify(one)).join(' | ');
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  const either = [...list(schema['anyOf']), ...list(schema['oneOf'])].map(object);
  if (either.length > 0) return [...new Set(either.map((one) => kindOf(root, one)))].join(' | ');
  if (name !== null) return name;
  if (schema['type'] === 'array') return `list of ${kindOf(root, object(schema['items']))}`;
  const type = Array.isArray(schema['type']) ? schema['type'].join(' | ') : text(schema['type']);
  return [type || 'any', text(schema['format'])].filter(Boolean).join(', ');
}

function curlOf(server: string, path: string, method: string, body: ShownSchema | null): string {
  const verb = method === 'get' ? '' : ` -X ${method.toUpperCase()}`;
  const lines = [`curl${verb} '${server}${path}'`, `-H 'Authorization: Bearer <API key>'`];
  if (body !== null) {
    const needed = body.fields.filter((field) => field.isNeeded);
    const example = needed.map(({ name, kind }) => `${JSON.stringify(name)}: ${exampleOf(kind)}`).join(', ');
    lines.push(`-H 'Content-Type: application/json'`, `-d '{${example === '' ? '' : ` ${example} `}}'`);
  }
  return lines.join(' \\\n  ');
}

function exampleOf(kind: string): string {
  if (kind.startsWith('"')) return kind.split(' | ')[0] ?? '""';
  if (kind.startsWith('list')) return '[]';
  if (kind.startsWith('bool')) return 'true';
  if (kind.startsWith('int') || kind.startsWith('number')) return '1';
  return kind.startsWith('string') ? '"…"' : '{}';
}
