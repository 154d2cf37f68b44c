import type pg from 'pg';

const OLDEST = 150_000;
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** The database cannot keep the promise that an accepted webhook survives; the message names every fault. */
export class UnfitServerError extends Error {
  override readonly name = 'UnfitServerError';
}

/** Refuses a Postgres that is too old or that may lose committed rows. */
export async function checkServer(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name = any($1)`,
    [['server_version', 'server_version_num', ...DURABILITY]],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const faults = DURABILITY.filter((name) => settings.get(name) === 'off').map(
    (name) => `${name} is off: committed webhooks could be lost. Switch it on.`,
  );
  if (Number(settings.get('server_version_num')) < OLDEST) {
    faults.unshift(`Postgres ${settings.get('server_version')} is too old: version 15 or newer is needed.`);
  }
  if (faults.length > 0)
    throw new UnfitServerError(`The database cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}
