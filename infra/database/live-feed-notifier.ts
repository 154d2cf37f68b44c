import pg from 'pg';
import type { Logger } from '../observability/logger.ts';
import { forgetOldChanges, LIVE_CHANNEL, type LiveTopic } from './live-feed.ts';

/** At most ten a second. */
const BETWEEN_MS = 100;
const FORGET_EVERY_MS = 60_000;
const RECONNECT_MS = 2_000;

/** Tells readers that there is something new. Never waits, never throws; a word that is lost costs them a second. */
export interface LiveNotifier {
  changed(topic: LiveTopic): void;
  stop(): Promise<void>;
}

/**
 * Sends NOTIFY on a connection of its own, outside every other transaction, at most ten times a second: the topics that changed
 * and the highest number. Forgets old changes once a minute.
 */
export function createLiveNotifier(deps: { url: string; name: string; logger: Logger }): LiveNotifier {
  const topics = new Set<LiveTopic>();
  let client: pg.Client | null = null;
  let notBefore = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  let isStopped = false;

  const drop = (): void => {
    const lost = client;
    client = null;
    notBefore = Date.now() + RECONNECT_MS;
    void lost?.end().catch(() => undefined);
  };
  const connected = async (): Promise<pg.Client> => {
    if (client !== null) return client;
    const made = new pg.Client({
      connectionString: deps.url,
      application_name: `hookwise-${deps.name}-notify`,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 3_000,
      keepAlive: true,
    });
    made.on('error', () => client === made && drop());
    await made.connect();
    client = made;
    return made;
  };
  const send = async (): Promise<void> => {
    const told = [...topics].join(',');
    topics.clear();
    try {
      const connection = await connected();
      await connection.query(
        `select pg_notify('${LIVE_CHANNEL}', $1 || ':' || coalesce((select id from live_change order by tx desc, id desc limit 1), 0))`,
        [told],
      );
      notBefore = Date.now() + BETWEEN_MS;
    } catch (error) {
      deps.logger.debug({ err: error }, 'Readers of the live feed could not be told');
      drop();
    }
  };
  const schedule = (): void => {
    if (timer !== null || isStopped || topics.size === 0) return;
    timer = setTimeout(
      () => {
        sending = send().finally(() => {
          timer = null;
          schedule();
        });
      },
      Math.max(0, notBefore - Date.now()),
    );
    timer.unref();
  };
  const forget = setInterval(() => {
    if (client === null) return;
    sending = sending.then(async () => {
      if (client !== null) await forgetOldChanges(client).catch(drop);
    });
  }, FORGET_EVERY_MS);
  forget.unref();

  return {
    changed(topic) {
      topics.add(topic);
      schedule();
    },
    async stop() {
      isStopped = true;
      clearInterval(forget);
      if (timer !== null) clearTimeout(timer);
      await sending;
      await client?.end().catch(() => undefined);
      client = null;
    },
  };
}
