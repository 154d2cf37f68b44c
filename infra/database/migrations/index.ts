import { Migration0001Spine } from './0001-spine.ts';

/** Every migration, oldest first. A name is frozen once shipped. */
export const MIGRATIONS = [{ name: '0001-spine', class: Migration0001Spine }];
