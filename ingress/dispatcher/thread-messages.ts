/** What the main thread tells the dispatcher's. */
export type ToThread = { kind: 'accepted'; shards: number[] } | { kind: 'metrics'; id: number } | { kind: 'stop' };

/** What the dispatcher's thread answers. */
export type FromThread = { kind: 'ready' } | { kind: 'metrics'; id: number; text: string } | { kind: 'stopped' };
