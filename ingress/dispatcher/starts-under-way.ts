/** Counts the incidents that were started and have no ticket yet. */
export interface StartsUnderWay {
  /** Whether so many are under way that the next ones wait, whoever's they are. */
  isFull(): boolean;
  isFullFor(endpointId: string): boolean;
  began(endpointId: string, id: string): void;
  /** Of `asked` only these are under way still. */
  keep(still: ReadonlySet<string>, asked: readonly string[]): void;
  ids(): string[];
}

export interface StartLimits {
  most: number;
  mostOfOneEndpoint: number;
  /** What takes longer is not counted: a slow ticket system, or a worker that is away, holds up no more than it does by itself. */
  longestMs: number;
}

/** Keeps what waits in Postgres, where endpoints take turns, instead of in Temporal's queues. `now` in milliseconds. */
export function createStartsUnderWay(limits: StartLimits, now: () => number): StartsUnderWay {
  const starts = new Map<string, { endpointId: string; at: number }>();
  const ofEndpoint = new Map<string, number>();

  const end = (id: string): void => {
    const start = starts.get(id);
    if (start === undefined) return;
    starts.delete(id);
    const left = (ofEndpoint.get(start.endpointId) ?? 1) - 1;
    if (left === 0) ofEndpoint.delete(start.endpointId);
    else ofEndpoint.set(start.endpointId, left);
  };
  const endOld = (): void => {
    for (const [id, { at }] of starts) {
      if (at > now() - limits.longestMs) return;
      end(id);
    }
  };

  return {
    isFull() {
      endOld();
      return starts.size >= limits.most;
    },
    isFullFor: (endpointId) => (ofEndpoint.get(endpointId) ?? 0) >= limits.mostOfOneEndpoint,
    began(endpointId, id) {
      end(id);
      starts.set(id, { endpointId, at: now() });
      ofEndpoint.set(endpointId, (ofEndpoint.get(endpointId) ?? 0) + 1);
    },
    keep(still, asked) {
      for (const id of asked) if (!still.has(id)) end(id);
    },
    ids: () => [...starts.keys()],
  };
}
