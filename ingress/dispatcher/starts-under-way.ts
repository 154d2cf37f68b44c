/** Counts the incidents that were started and have no ticket yet. */
export interface StartsUnderWay {
  /** Whether so many are under way that the next ones wait, whoever's they are. */
  isFull(): boolean;
  isFullFor(endpointId: string): boolean;
  began(endpointId: string, id: string): void;
  /** Of `asked` only these are under way still, and those that take too long count no more. Answers whether that makes room. */
  keep(still: ReadonlySet<string>, asked: readonly string[]): boolean;
  ids(): string[];
}

export interface StartLimits {
  most: number;
  mostOfOneEndpoint: number;
  /** What takes longer is not counted: a slow ticket system, or a worker that is away, holds up no more than it does by itself. */
  longestMs: number;
  /** For so long after another endpoint's start was in time, one whose last start was late may have but one under way. */
  narrowMs: number;
}

/** Keeps what waits in Postgres, where endpoints take turns, instead of in Temporal's queues. `now` in milliseconds. */
export function createStartsUnderWay(limits: StartLimits, now: () => number): StartsUnderWay {
  const starts = new Map<string, { endpointId: string; at: number }>();
  const ofEndpoint = new Map<string, number>();
  const late = new Set<string>();
  let inTimeAt = -Infinity;

  const end = (id: string): void => {
    const start = starts.get(id);
    if (start === undefined) return;
    starts.delete(id);
    const left = (ofEndpoint.get(start.endpointId) ?? 1) - 1;
    if (left === 0) ofEndpoint.delete(start.endpointId);
    else ofEndpoint.set(start.endpointId, left);
  };
  const mostOf = (endpointId: string): number =>
    late.has(endpointId) && inTimeAt > now() - limits.narrowMs ? 1 : limits.mostOfOneEndpoint;

  return {
    isFull: () => starts.size >= limits.most,
    isFullFor: (endpointId) => (ofEndpoint.get(endpointId) ?? 0) >= mostOf(endpointId),
    began(endpointId, id) {
      end(id);
      starts.set(id, { endpointId, at: now() });
      ofEndpoint.set(endpointId, (ofEndpoint.get(endpointId) ?? 0) + 1);
    },
    keep(still, asked) {
      const before = starts.size;
      for (const id of asked) {
        const start = starts.get(id);
        if (start === undefined) continue;
        if (!still.has(id)) {
          end(id);
          late.delete(start.endpointId);
          inTimeAt = now();
        } else if (start.at <= now() - limits.longestMs) {
          end(id);
          late.add(start.endpointId);
        }
      }
      return starts.size < before;
    },
    ids: () => [...starts.keys()],
  };
}
