import { isAbsolute, join } from 'node:path';
import { readConfig, type Config } from '../config/index.ts';
import { CHECKOUT } from './checkout.ts';

/** What one all-in-one runs with: the checked configuration and its folders. */
export interface StackSettings {
  config: Config;
  dataDir: string;
  /** Pid notes of everything it started. */
  recordDir: string;
  /** Switches off what would call out, for every part. */
  quiet: Record<string, string>;
}

export const NO_CALLING_HOME = {
  NEXT_TELEMETRY_DISABLED: '1',
  BETTER_AUTH_TELEMETRY: '0',
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
} as const;

/** Reads and checks the configuration; throws `ConfigError` that names all faults at once. */
export function readSettings(environment: Record<string, string | undefined>): StackSettings {
  const config = readConfig(environment);
  const given = config.HOOKWISE_DATA_DIR;
  const dataDir = isAbsolute(given) ? given : join(CHECKOUT, given);
  return { config, dataDir, recordDir: join(dataDir, 'run'), quiet: { ...NO_CALLING_HOME } };
}

/** Every port the all-in-one will listen on, by the variable that moves it. */
export function portsOf(config: Config): { name: string; port: number; host: string; what: string }[] {
  const loopback = '127.0.0.1';
  return [
    { name: 'PORT', port: config.PORT, host: config.HOST, what: 'webhooks' },
    { name: 'ADMIN_PORT', port: config.ADMIN_PORT, host: config.HOST, what: 'console and REST API' },
    {
      name: 'WORKER_METRICS_PORT',
      port: config.WORKER_METRICS_PORT,
      host: config.HOST,
      what: "worker's health and metrics",
    },
    ...(config.DATABASE_URL === null
      ? [{ name: 'PG_PORT', port: config.PG_PORT, host: loopback, what: 'embedded Postgres' }]
      : []),
    ...(config.TEMPORAL_ADDRESS === null
      ? [
          { name: 'TEMPORAL_PORT', port: config.TEMPORAL_PORT, host: loopback, what: 'Temporal server' },
          { name: 'TEMPORAL_UI_PORT', port: config.TEMPORAL_UI_PORT, host: loopback, what: 'Temporal Web UI' },
        ]
      : []),
  ];
}
