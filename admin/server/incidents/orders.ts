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

/** A snooze of a ticket is for days at most: what is to stay quiet longer is acknowledged, or its window is maintenance. */
const LONGEST_SNOOZE_MS = 90 * 86_400_000;
export const SnoozeInput = z.strictObject({
  until: z.iso
    .datetime({ offset: true, error: 'must be a time with its offset, such as 2026-01-05T18:00:00Z' })
    .transform((text) => new Date(text))
    .refine((until) => until.getTime() > Date.now(), 'is over already: name a time to come')
    .refine((until) => until.getTime() < Date.now() + LONGEST_SNOOZE_MS, 'must be within 90 days')
    .transform((until) => until.toISOString()),
});

/** What a person can ask of an incident, one verb each. */
export const noteIncident = orderVerb('note', NoteInput);
export const closeIncident = orderVerb('close', CloseInput);
export const retryIncident = orderVerb('retry', NothingInput);
export const createTicketAnyway = orderVerb('create', NothingInput);
export const adoptTicket = orderVerb('adopt', AdoptInput);
export const acknowledgeIncident = orderVerb('acknowledge', NothingInput);
export const snoozeIncident = orderVerb('snooze', SnoozeInput);
export const analyseIncident = orderVerb('analyse', NothingInput);
