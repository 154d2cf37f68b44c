/** Where the person wants to go: an address, or what else ends the page. */
export type Leaving = string | (() => void);
type Guard = (leaving: Leaving) => void;

let guard: Guard | null = null;

/** Sets who is asked before the page is left; null lets everyone go. */
export function setLeaveGuard(next: Guard | null): void {
  guard = next;
}

/** Whether the page may be left now. If not, the guard asks the person and goes on by itself. */
export function mayLeave(leaving: Leaving): boolean {
  if (guard === null) return true;
  guard(leaving);
  return false;
}
