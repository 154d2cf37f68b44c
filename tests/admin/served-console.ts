import { environment } from '../../infra/stack/checkout.ts';
import { buildConsole } from '../../infra/stack/build-console.ts';
import { spawnGroup } from '../../infra/stack/process-group.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { NO_CALLING_HOME } from '../../infra/stack/settings.ts';
import { eventually } from '../support/eventually.ts';

const QUIET = {
  say: () => undefined,
  partSays: () => undefined,
  during: <T>(_title: string, work: () => Promise<T>) => work(),
};

/** The console as it is shipped: built where its sources changed, then its own process. */
export interface ServedConsole {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export async function serveConsole(given: Record<string, string>): Promise<ServedConsole> {
  await buildConsole({ ...environment, ...NO_CALLING_HOME }, QUIET);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const group = await spawnGroup({
    name: 'admin',
    command: process.execPath,
    args: ['--max-old-space-size=192', 'admin/main.ts'],
    env: {
      PATH: environment['PATH'],
      ...NO_CALLING_HOME,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      ADMIN_PORT: String(port),
      ADMIN_URL: url,
      ...given,
    },
  });
  await eventually(
    async () => {
      if (!group.isRunning()) throw new Error(`The console ended: ${(await group.exited).lastWords.join('\n')}`);
      return (await fetch(`${url}/health/ready`)).status === 200;
    },
    30_000,
    100,
  );
  return { url, pid: group.pid, stop: () => group.end([{ signal: 'SIGTERM', graceMs: 3_000 }]) };
}
