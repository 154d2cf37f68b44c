/** The right to make calls to one ticket system, shared by every worker. */
export interface CallBudget {
  /**
   * Resolves when one call may be made now. Throws `TicketSystemError`: `throttled` when the wait would be too long,
   * `unavailable` when called off. No effect in both cases.
   */
  take(signal: AbortSignal | undefined): Promise<void>;
  /** Nobody calls for so long: the ticket system asked for it. Never throws. */
  pause(ms: number): Promise<void>;
}

/** For a ticket system, or a test, without a cap. */
export const unlimitedBudget: CallBudget = { take: () => Promise.resolve(), pause: () => Promise.resolve() };
