import { z } from 'zod';
import { isClosedName } from '../closed-status.ts';
import type { TicketSnapshot } from '../ticket-system.ts';

const id = z.union([z.number(), z.string().min(1)]).transform(String);
const reference = z
  .object({
    id: id.nullish().catch(null),
    name: z.string().nullish().catch(null),
    identifier: z.string().nullish().catch(null),
  })
  .nullish()
  .catch(null);

const ticketSchema = z.object({
  id,
  summary: z.string().catch(''),
  externalXRef: z.string().nullish().catch(null),
  board: reference,
  company: reference,
  status: reference,
  closedFlag: z.boolean().nullish().catch(null),
  mergedParentTicket: reference,
  customFields: z.array(z.unknown()).nullish().catch(null),
  _info: z
    .object({ updatedBy: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** The fields of a list that make a snapshot. */
export const TICKET_FIELDS = 'id,summary,externalXRef,board,company,status,closedFlag,mergedParentTicket,_info';

/** A ticket of ConnectWise as far as we read it; unknown fields are ignored, missing ones are null. */
export type TicketRecord = z.output<typeof ticketSchema>;

/** The record, or null for anything without an id. */
export function readTicketRecord(json: unknown): TicketRecord | null {
  const read = ticketSchema.safeParse(json);
  return read.success ? read.data : null;
}

/** The ticket as the port shows it. Open is: no closed flag, and no status that is closed by its name (facts §6). */
export function snapshotOf(
  record: TicketRecord,
  options: { statusClosed: string; ticketUrl(id: string): string },
): TicketSnapshot {
  const statusName = record.status?.name ?? null;
  return {
    id: record.id,
    url: options.ticketUrl(record.id),
    isOpen: record.closedFlag !== true && !isClosedName(statusName, [options.statusClosed]),
    statusName,
    updatedBy: record._info?.updatedBy ?? null,
    mergedInto: record.mergedParentTicket?.id ?? null,
    summary: record.summary,
    key: record.externalXRef || null,
  };
}

/** Lowest id first; ids of ConnectWise are numbers. */
export function byId(a: { id: string }, b: { id: string }): number {
  return Number(a.id) - Number(b.id);
}
