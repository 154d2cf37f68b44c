import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { lookUpProcess } from '../../infra/stack/process-list.ts';
import { endLeftovers } from '../../infra/stack/process-record.ts';
import { createTestServers } from './test-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address at which a test file asks for the servers that all files of a run share. */
    testServers: string;
  }
}

const ROOT = join(tmpdir(), 'hookwise-tests');

/** Once a run: offers Postgres and Temporal to the test files, started when the first file asks, ended with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mkdirSync(ROOT, { recursive: true, mode: 0o755 });
  await sweepKilledRuns();
  const folder = mkdtempSync(join(ROOT, `${process.pid}-`));
  const servers = createTestServers(folder);
  const desk = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    servers.get(name).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: Error) => response.writeHead(500).end(error.stack ?? error.message),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  project.provide('testServers', `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A run that was killed could not end its servers: the next one does. */
async function sweepKilledRuns(): Promise<void> {
  for (const name of readdirSync(ROOT)) {
    const owner = Number(name.split('-')[0]);
    if (owner > 0 && lookUpProcess(owner)) continue;
    await endLeftovers(join(ROOT, name, 'run'));
    rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}
