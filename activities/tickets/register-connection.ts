import type { Queryable } from '../../infra/database/pool.ts';

/** Makes sure that the connection has its row, which holds its gate and its call budget. Safe from several processes at once. */
export async function registerConnection(
  db: Queryable,
  connection: { name: string; kind: 'desk' | 'connectwise' },
): Promise<void> {
  await db.query(
    `insert into connection (name, kind) values ($1, $2) on conflict (name) do update set kind = excluded.kind where connection.kind <> excluded.kind`,
    [connection.name, connection.kind],
  );
}
