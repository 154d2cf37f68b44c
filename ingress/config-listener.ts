import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CONFIG_CHANNEL, configVersion } from '../infra/database/config-store.ts';
import type { Pool } from '../infra/database/pool.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { withinDeadline } from './within-deadline.ts';

const POLL_MS = 1_000;
const POLL_DEADLINE_MS = 2_000;
const RECONNECT_MS = 500;

export interface ConfigListener {
  stop(): Promise<void>;
}

/**
 * Calls `changed` whenever the configuration may have changed: on NOTIFY, when the version read each second differs or cannot be read,
 * and when the listening connection is lost or had again.
 */
export function listenForConfig(deps: { url: string; pool: Pool; changed: () => void; log: Logger }): ConfigListener {
  const { url, pool, changed, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);

  const listenOnce = async () => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'hookwise-ingress-listen',
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await client.connect();
      client.on('notification', changed);
      await client.query(`listen ${CONFIG_CHANNEL}`);
      changed();
      await lost;
    } finally {
      changed();
      void client.end().catch(() => undefined);
    }
  };
  const listen = async () => {
    while (!signal.aborted) {
      await listenOnce().catch((error: unknown) =>
        log.debug({ err: error }, 'The connection that listens for configuration failed'),
      );
      await rest(RECONNECT_MS);
    }
  };
  const poll = async () => {
    let known: number | null = null;
    while (!signal.aborted) {
      const version = await withinDeadline(pool, POLL_DEADLINE_MS, configVersion).catch(() => null);
      if (version === null || version !== known) changed();
      known = version;
      await rest(POLL_MS);
    }
  };

  const running = Promise.all([listen(), poll()]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
