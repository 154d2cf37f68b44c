/** Where an item stands among its own, for those who cannot see it. */
function told(name: string, at: number, total: number): string {
  return `${name}, place ${at + 1} of ${total}`;
}

type Held = { id: string | number };

/** What is said while an endpoint is carried to another place: `last` is the place that was said last. */
export function announcementsOf(items: readonly { id: string; name: string }[], last: { current: number }) {
  const indexOf = (held: Held | null) => items.findIndex(({ id }) => id === held?.id);
  const nameOf = (held: Held) => items[indexOf(held)]?.name ?? 'The endpoint';
  return {
    onDragStart({ active }: { active: Held }) {
      last.current = indexOf(active);
      return `Picked up ${told(nameOf(active), last.current, items.length)}.`;
    },
    onDragOver({ active, over }: { active: Held; over: Held | null }) {
      const at = indexOf(over);
      if (at < 0 || at === last.current) return undefined;
      last.current = at;
      return `${told(nameOf(active), at, items.length)}.`;
    },
    onDragEnd: ({ active, over }: { active: Held; over: Held | null }) =>
      over === null
        ? `${nameOf(active)} stays where it was.`
        : `Put down ${told(nameOf(active), indexOf(over), items.length)}.`,
    onDragCancel: ({ active }: { active: Held }) => `${nameOf(active)} stays where it was.`,
  };
}

export const HOW_TO_MOVE =
  'Press Space to pick the endpoint up, the arrow keys to carry it, Space to put it down, Escape to leave it where it was.';

/** The list with `id` carried to where `over` stands, and whom it stands behind then; null where nothing moves. */
export function carried<T extends { id: string }>(
  items: readonly T[],
  id: string,
  over: string,
): { items: T[]; after: string | null } | null {
  const from = items.findIndex((item) => item.id === id);
  const to = items.findIndex((item) => item.id === over);
  const item = items[from];
  if (item === undefined || to < 0 || from === to) return null;
  const next = items.toSpliced(from, 1).toSpliced(to, 0, item);
  return { items: next, after: next[to - 1]?.id ?? null };
}
