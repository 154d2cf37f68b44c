import { globSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createFront } from '../../../admin/server/front/front.ts';
import { makeFirstAdmin } from '../../../admin/server/first-run/make-first-admin.ts';
import type { RouteHandler } from '../../../admin/server/rest.ts';
import { anAdminWorld, type AdminWorld } from '../admin-world.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
const APP = fileURLToPath(new URL('../../../admin/app/', import.meta.url));
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One route file's handler of one method; `path` has its names in braces. */
export interface ServedRoute {
  method: string;
  path: string;
  handler: RouteHandler;
}

/** Every route handler of the console behind its real front, over a database of its own; the first administrator is made. */
export interface ServedAccess {
  world: AdminWorld;
  url: string;
  routes: ServedRoute[];
  close(): Promise<void>;
}

export async function serveAccess(more: Record<string, string> = {}): Promise<ServedAccess> {
  const address: { url: string } = { url: '' };
  const routes = await readRoutes();
  const server = createServer((request, response) => {
    void (async () => {
      if (!front(request, response)) return;
      const answer = await answerOf(routes, address.url, request);
      response.writeHead(answer.status, [...answer.headers].flat());
      const isEndless = answer.headers.get('content-type')?.startsWith('text/event-stream');
      if (isEndless) return void answer.body?.cancel().finally(() => response.end());
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  address.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = await anAdminWorld({ TRUSTED_PROXIES: '127.0.0.1', ADMIN_URL: address.url, ...more });
  const front = createFront(world.context.config);
  await makeFirstAdmin(world.context);
  Object.assign(globalThis, { [HOLDER]: world.context });
  return {
    world,
    url: address.url,
    routes,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
      Reflect.deleteProperty(globalThis, HOLDER);
      await world.close();
    },
  };
}

async function readRoutes(): Promise<ServedRoute[]> {
  const files = globSync('**/route.ts', { cwd: APP }).sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const handlers = (await import(pathToFileURL(`${APP}${file}`).href)) as Record<string, RouteHandler>;
      const path = `/${file
        .replace(/\/route\.ts$/, '')
        .replaceAll('[', '{')
        .replaceAll(']', '}')}`;
      return METHODS.flatMap((method) => {
        const handler = handlers[method];
        return handler ? [{ method, path, handler }] : [];
      });
    }),
  );
  return found.flat().sort((a, b) => braces(a.path) - braces(b.path));
}

const braces = (path: string) => (path.includes('{...') ? 100 : path.split('{').length);

async function answerOf(routes: ServedRoute[], url: string, request: IncomingMessage): Promise<Response> {
  const { pathname } = new URL(request.url ?? '/', url);
  for (const { method, path, handler } of routes) {
    const names = method === request.method ? match(path, pathname) : null;
    if (names === null) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const given = new Request(url + (request.url ?? ''), {
      method,
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      body: chunks.length === 0 ? null : Buffer.concat(chunks),
    });
    return handler(given, { params: Promise.resolve(names) });
  }
  return new Response('not here', { status: 404 });
}

function match(path: string, pathname: string): Record<string, string> | null {
  const form = path.replace(/\{\.\.\.(\w+)\}/g, '(?<$1>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const found = new RegExp(`^${form}$`).exec(pathname);
  return found && { ...found.groups };
}
