/** Closed set of `ApplicationFailure` types that cross Temporal. */
export const FAILURES = {
  /** The step may be tried again by Temporal's own retry (a database or process fault). */
  transient: 'Transient',
  /** The incident belongs to a newer run chain: this run must end and change nothing. */
  chainTaken: 'ChainTaken',
  /** A person's order cannot be carried out in this state. */
  orderRefused: 'OrderRefused',
} as const;
