const CLOSED_NAMES = ['Closed', 'Completed', 'Cancelled'];

/** Whether a status of this name means closed: Closed, Completed, Cancelled or one of `more` (contract.md "Tickets"), in any case. */
export function isClosedName(status: string | null, more: readonly string[]): boolean {
  if (status === null) return false;
  const name = status.trim().toLowerCase();
  return [...CLOSED_NAMES, ...more].some((closed) => closed.trim().toLowerCase() === name);
}
