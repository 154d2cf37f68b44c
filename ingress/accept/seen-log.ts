/** When and from where an endpoint was last heard, for show. */
export interface Seen {
  endpointId: string;
  at: Date;
  ip: string;
}

export interface SeenLog {
  note(endpointId: string, ip: string): void;
  /** Writes those endpoints that were heard since, and not written within the last five seconds. With `all`, every one of them. */
  flush(all: boolean): Promise<void>;
}

const PAUSE_MS = 5_000;
const REMEMBERED = 10_000;

/** Keeps the last sight of each endpoint and writes it at most once in five seconds. `now` answers milliseconds. */
export function createSeenLog(deps: { write(seen: readonly Seen[]): Promise<void>; now(): number }): SeenLog {
  const { now } = deps;
  const fresh = new Map<string, Seen>();
  const writtenAt = new Map<string, number>();
  return {
    note(endpointId, ip) {
      fresh.set(endpointId, { endpointId, at: new Date(now()), ip });
    },
    async flush(all) {
      const at = now();
      const due = [...fresh.values()].filter(
        ({ endpointId }) => all || at - (writtenAt.get(endpointId) ?? -Infinity) >= PAUSE_MS,
      );
      if (due.length === 0) return;
      await deps.write(due);
      if (writtenAt.size > REMEMBERED) writtenAt.clear();
      for (const seen of due) {
        writtenAt.set(seen.endpointId, at);
        if (fresh.get(seen.endpointId) === seen) fresh.delete(seen.endpointId);
      }
    },
  };
}
