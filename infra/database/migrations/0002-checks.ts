import { Migration } from '@mikro-orm/migrations';

/** What the regular check found wrong with endpoints, and how the last reading of the ticket system's catalog went. */
export class Migration0002Checks extends Migration {
  override up(): void {
    this.addSql(
      `create table endpoint_health (
         endpoint_id uuid primary key, version integer not null, problems jsonb not null, checked_at timestamptz not null
       )`,
    );
    this.addSql(`alter table connection add column catalog jsonb`);
  }
}
