import { z } from 'zod';
import { actorLabel } from '../audit.ts';
import { filledText } from '../endpoints/texts.ts';
import { oneOfCompany } from '../company-limit.ts';
import { notFound } from '../errors.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';

const TicketId = z.string().regex(/^\d{1,18}$/);

export const TicketReplyInput = z.strictObject({
  text: filledText(20_000),
  visibility: z.enum(['internal', 'public'], 'must be internal or public').default('public'),
});
export const TicketPatch = z.strictObject({
  closed: z.boolean('must be true or false').meta({ description: 'true closes the ticket, false opens it again.' }),
});

/** A person's words on a ticket of the desk. The ticket counts as worked on from then. */
export const replyToTicket = defineVerb({
  name: 'ticket.reply',
  role: 'operator',
  ofCompany: true,
  input: z.object({ id: TicketId, body: TicketReplyInput }),
  run: (context, { id, body: { text, visibility } }): Promise<{ id: string }> =>
    changing(context, async (change) => {
      await touch(context, change, id);
      const made = await change.tx.query<{ id: number }>(
        `insert into ticket_note (ticket_id, body, visibility, purpose, author) values ($1, $2, $3, 'update', $4) returning id`,
        [id, text, visibility, actorLabel(context.actor)],
      );
      await change.audit({ action: 'reply', entity: 'ticket', entityId: id, after: { visibility } });
      return { id: String(made.rows[0]?.id) };
    }),
});

/** Closes a ticket of the desk or opens it again, as a person does: its incident follows with its next look. */
export const patchTicket = defineVerb({
  name: 'ticket.patch',
  role: 'operator',
  ofCompany: true,
  input: z.object({ id: TicketId, body: TicketPatch }),
  run: (context, { id, body: { closed } }): Promise<void> =>
    changing(context, async (change) => {
      await touch(context, change, id);
      await change.tx.query(
        `update ticket set closed = $2, status = case when closed = $2 then status else $3 end,
           closed_at = case when not $2 then null when closed then closed_at else now() end where id = $1`,
        [id, closed, closed ? context.config.CW_STATUS_CLOSED : context.config.CW_STATUS_NEW],
      );
      await change.audit({ action: closed ? 'close' : 'reopen', entity: 'ticket', entityId: id });
    }),
});

async function touch(context: VerbContext, { tx }: Pick<Change, 'tx'>, id: string): Promise<void> {
  const own = oneOfCompany(context, 'ticket t', 2);
  const found = await tx.query(
    `update ticket t set updated_at = now(), updated_by = $2 where t.id = $1 and ${own.where}`,
    [id, actorLabel(context.actor), ...own.values],
  );
  if (found.rowCount === 0) throw notFound('ticket');
}
