import { Migration0001Spine } from './0001-spine.ts';
import { Migration0002Checks } from './0002-checks.ts';
import { Migration0003Heartbeats } from './0003-heartbeats.ts';
import { Migration0004Analysis } from './0004-analysis.ts';

/** Every migration, oldest first. A name is frozen once shipped. */
export const MIGRATIONS = [
  { name: '0001-spine', class: Migration0001Spine },
  { name: '0002-checks', class: Migration0002Checks },
  { name: '0003-heartbeats', class: Migration0003Heartbeats },
  { name: '0004-analysis', class: Migration0004Analysis },
];
