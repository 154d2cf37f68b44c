import { Link } from './link.tsx';

/** Links to the first page and to the next one, keeping the filters. */
export function Pager({
  path,
  search,
  nextCursor,
}: {
  path: string;
  search: Record<string, string | undefined>;
  nextCursor: string | null;
}) {
  const { cursor, ...filters } = search;
  if (cursor === undefined && nextCursor === null) return null;
  const href = (more: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...present(filters), ...more }).toString()}`;
  return (
    <nav className="pager" aria-label="Pages">
      {cursor !== undefined && <Link href={href({})}>Newest</Link>}
      {nextCursor !== null && <Link href={href({ cursor: nextCursor })}>Older</Link>}
    </nav>
  );
}

function present(filters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
