import { Migration } from '@mikro-orm/migrations';

/** API keys that end by themselves; codes of second factors that were used; tries of passwords in a header. */
export class Migration0005Access extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table api_key add column expires_at timestamptz`,
  `create table used_code (digest bytea primary key, used_until timestamptz not null)`,
  `create table password_try (address text primary key, tries integer not null, since timestamptz not null)`,
];
