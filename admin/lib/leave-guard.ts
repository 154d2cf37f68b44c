type Guard = (href: string) => void;

let guard: Guard | null = null;

/** Sets who is asked before the page is left; null lets everyone go. */
export function setLeaveGuard(next: Guard | null): void {
  guard = next;
}

/** Whether the page may be left for `href` now. If not, the guard asks the person and goes on by itself. */
export function mayLeave(href: string): boolean {
  if (guard === null) return true;
  guard(href);
  return false;
}
