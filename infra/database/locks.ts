/** Advisory locks, one number space: `pg_advisory_lock(LOCK_SPACE, …)`. */
export const LOCK_SPACE = 0x48_57;

export const LOCKS = {
  migrate: 1,
  partitions: 2,
  /** Held by the writer of `webhook` from before `seq` is drawn to the end of its transaction. */
  webhookOrder: 3,
  /** Plus the shard's number: the dispatcher that plans it. */
  shard: 1000,
} as const;
