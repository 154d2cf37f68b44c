import { randomUUID } from 'node:crypto';
import type { Queryable } from '../infra/database/pool.ts';

/** The name of this installation, made once and kept in Postgres; part of every ticket's key. */
export async function readInstallation(db: Queryable): Promise<string> {
  await db.query(
    `insert into setting (key, value, updated_by) values ('installation', to_jsonb($1::text), 'system') on conflict (key) do nothing`,
    [randomUUID()],
  );
  const { rows } = await db.query(`select value #>> '{}' as installation from setting where key = 'installation'`);
  return (rows[0] as { installation: string }).installation;
}
