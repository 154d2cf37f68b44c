import type { Cipher } from '../crypto/cipher.ts';
import { ensurePartitions } from '../database/partitions.ts';
import { inTransaction, type Pool } from '../database/pool.ts';
import { foldStatistics } from '../statistics/fold-statistics.ts';
import { HELD } from './endpoint-config.ts';
import { makeSamples } from './samples.ts';
import { settleIncidents } from './settle-incidents.ts';
import { DAY_MS, type SeedRun } from './size.ts';
import { writeEndpoints } from './write-endpoints.ts';
import { writeHistory } from './write-history.ts';
import { writeAround } from './write-around.ts';
import { writeIncidents } from './write-incidents.ts';

/**
 * Fills a migrated database with endpoints, incidents, tickets and webhooks as if they had been received. Throws where it
 * holds data already, unless `isForced`.
 */
export async function seed(pool: Pool, cipher: Cipher, run: SeedRun, isForced: boolean): Promise<void> {
  if (!isForced) await refuseForeignData(pool);
  const { size, now, say } = run;
  const made = await ensurePartitions(pool, size.days, new Date(now.getTime() - size.days * DAY_MS));
  say(`Partitions of ${made.length} days.`);
  const samples = makeSamples(size.incidentsPerEndpoint, now, 0);
  const held = makeSamples(size.incidentsPerEndpoint, now, HELD);
  const { endpoints, incidents } = await inTransaction(pool, async (tx) => {
    const ids = await writeEndpoints(tx, cipher, run);
    say(`${ids.length} endpoints.`);
    return { endpoints: ids, incidents: await writeIncidents(tx, run, ids, samples) };
  });
  const client = await pool.connect();
  try {
    await client.query('set synchronous_commit = off');
    await writeHistory(client, cipher, run, { endpoints, incidents, samples, held });
    await settleIncidents(client, run, incidents);
    await writeAround(client, run, endpoints);
    say('Counting what is there, for good query plans.');
    await client.query(
      'analyze webhook, webhook_text, alert, incident, incident_event, ticket, ticket_note, endpoint, endpoint_seen, heartbeat, refusal',
    );
  } finally {
    client.release(true);
  }
  say('Folding the statistics, as the hourly upkeep does.');
  await foldStatistics(pool, now);
}

/** A database that people use is not touched: one with webhooks, incidents, or more endpoints than the example of the first start. */
async function refuseForeignData(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ webhooks: boolean; incidents: boolean; endpoints: number }>(
    `select exists (select from webhook) as webhooks, exists (select from incident) as incidents,
            (select count(*) from endpoint where deleted_at is null) as endpoints`,
  );
  const [found] = rows;
  if (!found?.webhooks && !found?.incidents && (found?.endpoints ?? 0) <= 1) return;
  throw new Error('This database holds data already. Use an empty one, or say --force to add to what is there.');
}
