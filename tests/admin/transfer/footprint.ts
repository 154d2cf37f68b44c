import type { AdminWorld } from '../admin-world.ts';

/** Everything that applying or importing could change: rows, versions and the audit, as one comparable value. */
export async function footprint({ context }: AdminWorld): Promise<unknown> {
  const tables = {
    endpoints:
      'select id, name, version, config, encode(key_digest, $$hex$$) as key, updated_at, deleted_at from endpoint order by id',
    versions: 'select endpoint_id, version from endpoint_version order by 1, 2',
    audit: 'select id, action, entity from audit_entry order by id',
    settings: 'select * from setting order by key',
    windows: 'select * from maintenance_window order by id',
    tenants: 'select * from tenant_mapping order by id',
    config: 'select version from config_version',
  };
  const read = Object.entries(tables).map(async ([name, sql]) => [name, (await context.pool.query(sql)).rows]);
  return Object.fromEntries(await Promise.all(read)) as unknown;
}
