import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../infra/database/migrate.ts';
import { findTemporalCli, findTemporalTestServer } from '../../infra/stack/find-temporal.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { startPostgres } from '../../infra/stack/postgres.ts';
import { startTemporal } from '../../infra/stack/temporal-server.ts';

const TEMPLATE = 'hookwise_template';

export interface TestServers {
  /** Starts what is asked for at the first call, and answers how to reach it. */
  get(name: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** The servers that all test files of a run share: `postgres` with a migrated template, `temporal`, `test-server`. */
export function createTestServers(folder: string): TestServers {
  const stops: (() => Promise<void>)[] = [];
  const answers = new Map<string, Promise<Record<string, string>>>();
  const recordDir = join(folder, 'run');

  const starts: Record<string, () => Promise<Record<string, string>>> = {
    postgres: async () => {
      const running = await startPostgres({ dataDir: folder, port: await freePort(), recordDir });
      stops.push(() => running.stop(1_000));
      await makeTemplate(running.url);
      return { url: running.url };
    },
    temporal: async () => {
      const cli = await findTemporalCli();
      const running = await startTemporal({
        cli,
        dataDir: null,
        port: await freePort(),
        uiPort: null,
        retentionDays: 1,
        recordDir,
      });
      stops.push(() => running.stop(2_000));
      return { address: running.address, namespace: running.namespace };
    },
    'test-server': async () => ({ path: await findTemporalTestServer() }),
  };

  return {
    get(name) {
      const start = starts[name];
      if (!start) return Promise.reject(new Error(`No shared server is named ${name}.`));
      const answer = answers.get(name) ?? start();
      answers.set(name, answer);
      return answer;
    },
    async stop() {
      await Promise.allSettled(answers.values());
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
}
