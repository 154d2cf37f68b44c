import { TicketSystemError, type TicketSnapshot } from '../ticket-system.ts';
import { callTicket, present, readTicket, ticketOf, ticketPath, type Psa } from './psa.ts';
import type { TicketRecord } from './ticket-record.ts';
import { chooseStatus, type WantedStatus } from './choose-status.ts';

type Operation = { op: 'replace'; path: string; value: unknown };

/**
 * Sets the status and believes only the record that comes back: the whole object first, the sub-path once when nothing
 * changed, then `not-applied` (facts/connectwise.md §6). A ticket already in that state is left alone.
 */
export async function setState(
  psa: Psa,
  id: string,
  intent: 'open' | 'closed',
  status: string | null,
  signal: AbortSignal | undefined,
): Promise<TicketSnapshot> {
  const before = await readTicket(psa, id, signal);
  const now = present(psa, before);
  if (now.isOpen === (intent === 'open')) return now;
  const wanted = await chooseStatus(psa, before, intent, status);
  if (isIn(before, wanted)) return now;
  const patched = await patch(
    psa,
    before,
    { op: 'replace', path: 'status', value: wanted.id === null ? { name: wanted.name } : { id: Number(wanted.id) } },
    signal,
  );
  if (isIn(patched, wanted)) return present(psa, patched);
  const again = wanted.id === null ? patched : await bySubPath(psa, before, wanted.id, signal);
  if (isIn(again, wanted)) return present(psa, again);
  throw notApplied(id, again.status?.name ?? null, wanted.name);
}

function isIn(record: TicketRecord, wanted: WantedStatus): boolean {
  if (wanted.id !== null) return record.status?.id === wanted.id;
  return record.status?.name?.toLowerCase() === wanted.name.toLowerCase();
}

async function bySubPath(
  psa: Psa,
  before: TicketRecord,
  statusId: string,
  signal: AbortSignal | undefined,
): Promise<TicketRecord> {
  try {
    return await patch(psa, before, { op: 'replace', path: 'status/id', value: Number(statusId) }, signal);
  } catch (error) {
    if (error instanceof TicketSystemError && error.code === 'invalid') return before;
    throw error;
  }
}

/** Some tenants demand a `customFields` operation with every change and say so; entries left as they are keep their values. */
async function patch(
  psa: Psa,
  before: TicketRecord,
  operation: Operation,
  signal: AbortSignal | undefined,
): Promise<TicketRecord> {
  const call = { method: 'PATCH', path: ticketPath(before.id) } as const;
  const send = async (body: Operation[]) => ticketOf(call, await callTicket(psa, { ...call, body, signal }));
  try {
    return await send([operation]);
  } catch (error) {
    const wantsFields =
      error instanceof TicketSystemError && error.status === 400 && /custom\s?fields?/i.test(error.answer ?? '');
    if (!wantsFields) throw error;
    return send([operation, { op: 'replace', path: 'customFields', value: before.customFields ?? [] }]);
  }
}

function notApplied(id: string, is: string | null, wanted: string): TicketSystemError {
  const text = `ConnectWise accepted the status "${wanted}" for ticket ${id}, but the ticket is still "${is ?? 'without a status'}".`;
  return new TicketSystemError('not-applied', text, { effect: 'none', status: 200, answer: text });
}
