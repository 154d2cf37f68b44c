import { Migration } from '@mikro-orm/migrations';

/**
 * The live feed's trigger keeps its plan, made when a few alerts had changed; with nested loops the settling of 25,000 alerts at
 * once then compares each with every other (minutes; hashed, a second).
 */
export class Migration0012LiveFeedJoin extends Migration {
  override up(): void {
    this.addSql('alter function tell_alert_changes() set enable_nestloop = off');
  }
}
