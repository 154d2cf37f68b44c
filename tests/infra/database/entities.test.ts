import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrm } from '../../../infra/database/orm.ts';
import { ENTITIES } from '../../../infra/database/entities/index.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;
let orm: Awaited<ReturnType<typeof createOrm>>;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 2 });
  orm = await createOrm(database.url, { name: 'test', max: 2 });
});

afterAll(async () => {
  await orm?.close(true);
  await pool?.end();
  await database?.drop();
});

interface Column {
  type: string;
  nullable: boolean;
  primary: boolean;
  hasDefault: boolean;
}

async function migratedColumns(): Promise<Record<string, Record<string, Column>>> {
  const { rows } = await pool.query<{ table: string; column: string } & Column>(
    `select c.table_name as table, c.column_name as column, t.typname as type, c.is_nullable = 'YES' as nullable,
            c.column_default is not null or c.is_identity = 'YES' as "hasDefault",
            exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any(i.indkey)) as primary
       from information_schema.columns c
       join pg_class r on r.relname = c.table_name and r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and not r.relispartition
       join pg_attribute a on a.attrelid = r.oid and a.attname = c.column_name
       join pg_type t on t.oid = a.atttypid
      where c.table_schema = 'public' and c.table_name <> 'migration'`,
  );
  const tables: Record<string, Record<string, Column>> = {};
  for (const { table, column, ...rest } of rows) (tables[table] ??= {})[column] = rest;
  return tables;
}

const SAME_TYPE: Record<string, string> = {
  integer: 'int4',
  int: 'int4',
  smallint: 'int2',
  bigint: 'int8',
  bigserial: 'int8',
  boolean: 'bool',
  'text[]': '_text',
};

function describedColumns(): Record<string, Record<string, Column>> {
  const tables: Record<string, Record<string, Column>> = {};
  for (const meta of orm.getMetadata().getAll().values()) {
    const columns: Record<string, Column> = (tables[meta.tableName] ??= {});
    for (const property of meta.props) {
      const type = property.columnTypes[0] ?? '';
      columns[property.fieldNames[0] ?? ''] = {
        type: SAME_TYPE[type] ?? type,
        nullable: property.nullable === true,
        primary: property.primary === true,
        hasDefault:
          property.default !== undefined || property.defaultRaw !== undefined || property.autoincrement === true,
      };
    }
  }
  return tables;
}

test('the entities describe exactly the tables that the migrations make', async () => {
  expect(describedColumns()).toEqual(await migratedColumns());
});

test('every entity can be read from the database', async () => {
  const em = orm.em.fork();
  for (const entity of Object.values(ENTITIES))
    expect(Array.isArray(await em.find(entity as typeof ENTITIES.Setting, {}, { limit: 1 }))).toBe(true);
});

test('an endpoint written through the entity is read back with its bytes, numbers and configuration', async () => {
  const em = orm.em.fork();
  const id = '0199aaaa-0000-7000-8000-000000000001';
  em.create(ENTITIES.TenantMapping, { id, tenant: 'Acme', companyId: 'ACME' });
  em.create(ENTITIES.Refusal, {
    id,
    endpointId: id,
    sourceIp: '::1',
    status: 400,
    reason: 'json',
    message: 'no',
    headers: '{}',
    body: '',
  });
  em.create(ENTITIES.DeliveryKey, { endpointId: id, digest: Buffer.from([0, 255]), webhookId: id, at: new Date(5) });
  await em.flush();
  const again = orm.em.fork();
  expect((await again.findOneOrFail(ENTITIES.TenantMapping, { tenant: 'Acme' })).createdAt).toBeInstanceOf(Date);
  expect(Buffer.from((await again.findOneOrFail(ENTITIES.DeliveryKey, { webhookId: id })).digest)).toEqual(
    Buffer.from([0, 255]),
  );
});
