import type { AdminContext } from '../context.ts';

/** The address of a ticket for people: the ticket system's own, or the console's page for a ticket of the desk. */
export function ticketLink(
  { config }: Pick<AdminContext, 'config'>,
  connection: string,
  ticketId: string,
  given: string | null,
): string | null {
  return connection === 'desk' ? `${config.ADMIN_URL}/tickets/${encodeURIComponent(ticketId)}` : given;
}
