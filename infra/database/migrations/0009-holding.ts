import { Migration } from '@mikro-orm/migrations';

/** What the flap detector remembers of an incident, and since when it waits for its ticket system. */
export class Migration0009Holding extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [`alter table incident add column flap jsonb, add column waiting_since timestamptz`];
