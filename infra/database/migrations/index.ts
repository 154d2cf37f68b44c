import { Migration0001Spine } from './0001-spine.ts';
import { Migration0002Checks } from './0002-checks.ts';
import { Migration0003Heartbeats } from './0003-heartbeats.ts';
import { Migration0004Analysis } from './0004-analysis.ts';
import { Migration0005Access } from './0005-access.ts';
import { Migration0006History } from './0006-history.ts';
import { Migration0007PsaWatch } from './0007-psa-watch.ts';
import { Migration0008LiveFeed } from './0008-live-feed.ts';
import { Migration0009Holding } from './0009-holding.ts';
import { Migration0010Wakes } from './0010-wakes.ts';
import { Migration0011Statistics } from './0011-statistics.ts';
import { Migration0012LiveFeedJoin } from './0012-live-feed-join.ts';
import { Migration0013BellOutbox } from './0013-bell-outbox.ts';

/** Every migration, oldest first. A name is frozen once shipped. */
export const MIGRATIONS = [
  { name: '0001-spine', class: Migration0001Spine },
  { name: '0002-checks', class: Migration0002Checks },
  { name: '0003-heartbeats', class: Migration0003Heartbeats },
  { name: '0004-analysis', class: Migration0004Analysis },
  { name: '0005-access', class: Migration0005Access },
  { name: '0006-history', class: Migration0006History },
  { name: '0007-psa-watch', class: Migration0007PsaWatch },
  { name: '0008-live-feed', class: Migration0008LiveFeed },
  { name: '0009-holding', class: Migration0009Holding },
  { name: '0010-wakes', class: Migration0010Wakes },
  { name: '0011-statistics', class: Migration0011Statistics },
  { name: '0012-live-feed-join', class: Migration0012LiveFeedJoin },
  { name: '0013-bell-outbox', class: Migration0013BellOutbox },
];
