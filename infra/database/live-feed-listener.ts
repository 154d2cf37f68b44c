import pg from 'pg';
import { LIVE_CHANNEL } from './live-feed.ts';

const RECONNECT_MS = 1_000;

/** Calls `told` whenever a process says that something changed. While its connection is away nobody is told: readers poll besides. */
export function listenLive(url: string, told: () => void): { stop(): Promise<void> } {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const again = (): void => {
    client = null;
    if (isStopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, RECONNECT_MS);
    timer.unref();
  };
  const connect = async (): Promise<void> => {
    const made = new pg.Client({
      connectionString: url,
      application_name: 'hookwise-admin-live',
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    client = made;
    made.on('error', () => undefined);
    made.on('end', () => client === made && again());
    made.on('notification', told);
    try {
      await made.connect();
      await made.query(`listen ${LIVE_CHANNEL}`);
    } catch {
      await made.end().catch(() => undefined);
      if (client === made) again();
    }
  };
  const first = connect();

  return {
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await first;
      await client?.end().catch(() => undefined);
    },
  };
}
