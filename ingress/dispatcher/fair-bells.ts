import type { RaisedBell } from '../../infra/database/raise-bells.ts';

/** Bells that wait to be rung, each incident once: endpoints take turns, and the bells of one go in the order they came. */
export interface FairBells {
  readonly size: number;
  has(id: string): boolean;
  /** Adds a bell, or puts it in the place of the one that its incident has waiting. */
  put(bell: RaisedBell): void;
  /** Takes the next bell whose incident `isBusy` lets go; undefined when there is none. */
  take(isBusy: (id: string) => boolean): RaisedBell | undefined;
}

/** An endpoint with thousands of new incidents at once does not keep the alerts of another from being rung. */
export function createFairBells(): FairBells {
  const endpoints = new Map<string, Map<string, RaisedBell>>();
  const ids = new Set<string>();

  const remove = (endpointId: string, bells: Map<string, RaisedBell>, id: string): void => {
    bells.delete(id);
    ids.delete(id);
    endpoints.delete(endpointId);
    if (bells.size > 0) endpoints.set(endpointId, bells);
  };

  return {
    get size() {
      return ids.size;
    },
    has: (id) => ids.has(id),
    put(bell) {
      const bells = endpoints.get(bell.endpointId) ?? new Map<string, RaisedBell>();
      bells.set(bell.id, bell);
      endpoints.set(bell.endpointId, bells);
      ids.add(bell.id);
    },
    take(isBusy) {
      for (const [endpointId, bells] of endpoints) {
        for (const [id, bell] of bells) {
          if (isBusy(id)) continue;
          remove(endpointId, bells, id);
          return bell;
        }
      }
      return undefined;
    },
  };
}
