import { Migration } from '@mikro-orm/migrations';

/** When each incident's run should have acted, so that a lost run is noticed, and the replays of a webhook found by index. */
export class Migration0010Wakes extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table incident add column wakes_at timestamptz`,
  `update incident set wakes_at = clock_timestamp() where phase not in ('new', 'closed', 'abandoned')`,
  `create index incident_wakes on incident (wakes_at) where wakes_at is not null and not bell`,
  `create index webhook_replay_of on webhook (replay_of) where replay_of is not null`,
];
