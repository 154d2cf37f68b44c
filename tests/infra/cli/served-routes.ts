import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GET as getExport, POST as postExport } from '../../../admin/app/api/v1/export/route.ts';
import { POST as postApply } from '../../../admin/app/api/v1/apply/route.ts';
import { POST as postImport } from '../../../admin/app/api/v1/import/hookwise/route.ts';
import type { RouteHandler } from '../../../admin/server/rest.ts';
import { anAdminWorld, type AdminWorld } from '../../admin/admin-world.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
const ROUTES: Record<string, RouteHandler> = {
  'GET /api/v1/export': getExport,
  'POST /api/v1/export': postExport,
  'POST /api/v1/apply': postApply,
  'POST /api/v1/import/hookwise': postImport,
};

/** The real route handlers over a database of one's own, on a real port. */
export interface ServedRoutes {
  world: AdminWorld;
  url: string;
  close(): Promise<void>;
}

export async function serveRoutes(): Promise<ServedRoutes> {
  const world = await anAdminWorld();
  Object.assign(globalThis, { [HOLDER]: world.context });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const handler = ROUTES[`${request.method} ${path.split('?')[0]}`];
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const given = new Request(`http://127.0.0.1${path}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      body,
    });
    const answer = handler
      ? await handler(given, { params: Promise.resolve({}) })
      : new Response('not here', { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    world,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
      Reflect.deleteProperty(globalThis, HOLDER);
      await world.close();
    },
  };
}
