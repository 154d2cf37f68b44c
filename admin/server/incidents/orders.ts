import { z } from 'zod';
import { filledText } from '../endpoints/texts.ts';
import { orderVerb } from './order-verb.ts';

export const NoteInput = z
  .strictObject({
    text: filledText(20_000),
    visibility: z.enum(['internal', 'public'], 'must be internal or public').optional(),
  })
  .transform(({ text, visibility }) => (visibility === undefined ? { text } : { text, visibility }));
export const CloseInput = z
  .strictObject({ text: filledText(20_000).optional() })
  .transform(({ text }) => (text === undefined ? {} : { text }));
export const NothingInput = z.strictObject({});
export const AdoptInput = z.strictObject({
  ticketId: z.union([filledText(100), z.int().transform(String)], 'must be the id of a ticket'),
});

/** What a person can ask of an incident, one verb each. */
export const noteIncident = orderVerb('note', NoteInput);
export const closeIncident = orderVerb('close', CloseInput);
export const retryIncident = orderVerb('retry', NothingInput);
export const createTicketAnyway = orderVerb('create', NothingInput);
export const adoptTicket = orderVerb('adopt', AdoptInput);
