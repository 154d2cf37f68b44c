import type { RaisedBell } from '../../infra/database/raise-bells.ts';

/** Bells that wait to be rung, each incident once. Endpoints take turns, and the bells of one go in the order they came. */
export interface FairBells {
  readonly size: number;
  has(id: string): boolean;
  /** Adds a bell, or puts it in the place of the one that its incident has waiting. */
  put(bell: RaisedBell): void;
  /** Takes the next bell that may be rung now; undefined when there is none. */
  take(may: MayRing): RaisedBell | undefined;
}

/** What holds bells back. */
export interface MayRing {
  isBusy(id: string): boolean;
  /** Whether nothing more may be started now; bells of what runs are rung all the same. */
  isFull(): boolean;
  /** Whether this endpoint may start nothing more now. */
  isFullFor(endpointId: string): boolean;
}

/** An endpoint with thousands of new incidents at once keeps neither another's alerts from being rung nor its own running incidents. */
export function createFairBells(): FairBells {
  const starting = createTurns();
  const running = createTurns();
  let lastStarted = false;

  return {
    get size() {
      return starting.size() + running.size();
    },
    has: (id) => starting.has(id) || running.has(id),
    put(bell) {
      (bell.starts ? running : starting).remove(bell.id);
      (bell.starts ? starting : running).put(bell);
    },
    take({ isBusy, isFull, isFullFor }) {
      const takeStart = () => (isFull() ? undefined : starting.take(isBusy, isFullFor));
      const takeRunning = () => running.take(isBusy, () => false);
      const bell = lastStarted ? (takeRunning() ?? takeStart()) : (takeStart() ?? takeRunning());
      lastStarted = bell?.starts === true;
      return bell;
    },
  };
}

function createTurns() {
  const endpoints = new Map<string, Map<string, RaisedBell>>();
  const endpointOf = new Map<string, string>();

  const remove = (id: string): void => {
    const endpointId = endpointOf.get(id);
    if (endpointId === undefined) return;
    endpointOf.delete(id);
    const bells = endpoints.get(endpointId);
    bells?.delete(id);
    if (bells?.size === 0) endpoints.delete(endpointId);
  };

  return {
    size: () => endpointOf.size,
    has: (id: string) => endpointOf.has(id),
    remove,
    put(bell: RaisedBell): void {
      const bells = endpoints.get(bell.endpointId) ?? new Map<string, RaisedBell>();
      bells.set(bell.id, bell);
      endpoints.set(bell.endpointId, bells);
      endpointOf.set(bell.id, bell.endpointId);
    },
    take(isBusy: (id: string) => boolean, isFullFor: (endpointId: string) => boolean): RaisedBell | undefined {
      for (const [endpointId, bells] of endpoints) {
        if (isFullFor(endpointId)) continue;
        for (const [id, bell] of bells) {
          if (isBusy(id)) continue;
          remove(id);
          if (endpoints.delete(endpointId)) endpoints.set(endpointId, bells);
          return bell;
        }
      }
      return undefined;
    },
  };
}
