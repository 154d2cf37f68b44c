import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';

const SERVER = (port: string) => `
import { createServer } from 'node:http';
const server = createServer((request, response) => response.writeHead(200).end('{"items":[]}'));
server.listen(Number(process.env['${port}']), '127.0.0.1', () => console.log('listening'));
process.once('SIGTERM', () => { console.log('drained'); server.close(() => process.exit(0)); server.closeAllConnections(); });
`;

/** A checkout with the real stack and small stand-ins for ingress, worker and admin, so that supervision is tested alone and quickly. */
export function fixtureCheckout(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'hookwise-checkout-'));
  for (const room of ['infra', 'workflows']) cpSync(join(CHECKOUT, room), join(folder, room), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(CHECKOUT, file), join(folder, file));
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
  for (const [entry, port] of [
    ['activities/worker.ts', 'WORKER_METRICS_PORT'],
    ['ingress/main.ts', 'PORT'],
    ['admin/main.ts', 'ADMIN_PORT'],
  ] as const) {
    mkdirSync(join(folder, entry, '..'), { recursive: true });
    writeFileSync(join(folder, entry), SERVER(port));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
