import { Link } from '../link.tsx';

/** A ticket's number, leading to where people see it; a ticket of the built-in desk is a page of this console. */
export function TicketNumber({ id, url }: { id: string | null; url: string | null }) {
  if (id === null) return <span className="quiet">none</span>;
  if (url === null) return <>#{id}</>;
  const own = `/tickets/${id}`;
  return URL.parse(url)?.pathname === own ? (
    <Link href={own}>#{id}</Link>
  ) : (
    <a href={url} target="_blank" rel="noreferrer">
      #{id}
    </a>
  );
}
