import type { RefusalReason } from './refusal.ts';

export interface BodyBudgetLimits {
  /** Bytes of unfinished bodies that the process holds in all. */
  totalBytes: number;
  /** Of which one address may hold so many, so that no sender shuts out the rest. */
  bytesPerAddress: number;
}

/** What one request has taken from the budget so far. */
export interface BodyHold {
  /** Counts bytes that arrived. Answers why the request must end, or null. */
  take(bytes: number): RefusalReason | null;
  /** Gives everything back; may be called again. */
  release(): void;
}

export interface BodyBudget {
  hold(address: string): BodyHold;
  heldBytes(): number;
}

/** Bounds the memory that bodies still on their way may fill, whatever the number of connections. */
export function createBodyBudget(limits: BodyBudgetLimits): BodyBudget {
  const byAddress = new Map<string, number>();
  let total = 0;
  const change = (address: string, bytes: number) => {
    total += bytes;
    const held = (byAddress.get(address) ?? 0) + bytes;
    if (held > 0) byAddress.set(address, held);
    else byAddress.delete(address);
    return held;
  };
  return {
    heldBytes: () => total,
    hold(address) {
      let mine = 0;
      return {
        take(bytes) {
          mine += bytes;
          if (change(address, bytes) > limits.bytesPerAddress) return 'too-many-unfinished';
          return total > limits.totalBytes ? 'overloaded' : null;
        },
        release() {
          if (mine > 0) change(address, -mine);
          mine = 0;
        },
      };
    },
  };
}
