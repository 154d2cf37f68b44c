import { findTemporalCli } from './find-temporal.ts';
import { databaseUrl, startPostgres } from './postgres.ts';
import type { Screen } from './screen.ts';
import type { StackSettings } from './settings.ts';
import type { Part } from './supervise.ts';
import { startTemporal } from './temporal-server.ts';

/** Lines of the servers worth a person's eye while nothing is being stopped. */
const WORTH_READING = /\b(WARNING|ERROR|FATAL|PANIC|level=ERROR|level=WARN)\b/;
const EXPECTED =
  /the database system is (starting up|shutting down|not yet accepting)|terminating (connection|background worker)/;

/** The embedded Postgres under supervision, or the one of `DATABASE_URL`, which has no part. */
export function postgresPart(
  { config, dataDir, recordDir }: StackSettings,
  screen: Screen,
): { part: Part | null; url(): string } {
  if (config.DATABASE_URL !== null) {
    const given = config.DATABASE_URL;
    return { part: null, url: () => given };
  }
  const onLine = (line: string) => {
    if (config.LOG_LEVEL === 'trace' || (WORTH_READING.test(line) && !EXPECTED.test(line)))
      screen.partSays('postgres', line);
  };
  const options = { dataDir, port: config.PG_PORT, recordDir, say: screen.say, onLine };
  return {
    part: { name: 'postgres', graceMs: 3_000, start: () => startPostgres(options) },
    url: () => databaseUrl(dataDir, config.PG_PORT),
  };
}

/** The Temporal dev server under supervision, or the server of `TEMPORAL_ADDRESS`, which has no part and a UI of its own. */
export function temporalPart(
  { config, dataDir, recordDir }: StackSettings,
  screen: Screen,
  isStopping: () => boolean,
): { part: Part | null; address: string; uiUrl: string | null } {
  if (config.TEMPORAL_ADDRESS !== null) return { part: null, address: config.TEMPORAL_ADDRESS, uiUrl: null };
  const onLine = (line: string) => {
    if (!isStopping() && (config.LOG_LEVEL === 'trace' || WORTH_READING.test(line))) screen.partSays('temporal', line);
  };
  const start = async () =>
    startTemporal({
      cli: await findTemporalCli(screen.say),
      dataDir,
      port: config.TEMPORAL_PORT,
      uiPort: config.TEMPORAL_UI_PORT,
      retentionDays: config.LOG_RETENTION_DAYS,
      namespace: config.TEMPORAL_NAMESPACE,
      recordDir,
      say: screen.say,
      onLine,
    });
  return {
    part: { name: 'temporal', graceMs: 2_000, start },
    address: `127.0.0.1:${config.TEMPORAL_PORT}`,
    uiUrl: `http://127.0.0.1:${config.TEMPORAL_UI_PORT}`,
  };
}
