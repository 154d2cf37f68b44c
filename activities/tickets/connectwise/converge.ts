import { TicketSystemError } from '../ticket-system.ts';
import { chooseStatus } from './choose-status.ts';
import { callTicket, present, readTicket, ticketPath, type Psa } from './psa.ts';
import { setState } from './set-state.ts';
import type { TicketRecord } from './ticket-record.ts';
import { addNote, hasNote } from './ticket-notes.ts';

/** Folds duplicates into one ticket: merged, or told by a note and closed where merging is refused. Repeatable. */
export async function converge(
  psa: Psa,
  canonical: string,
  duplicates: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const target = await readTicket(psa, canonical, signal);
  for (const id of duplicates) {
    if (id === canonical) continue;
    const duplicate = await readIfThere(psa, id, signal);
    if (duplicate === null || duplicate.mergedParentTicket) continue;
    if (!(await merged(psa, target, duplicate, signal))) await closeAsRepeated(psa, canonical, duplicate, signal);
  }
}

async function readIfThere(psa: Psa, id: string, signal: AbortSignal | undefined): Promise<TicketRecord | null> {
  try {
    return await readTicket(psa, id, signal);
  } catch (error) {
    if (error instanceof TicketSystemError && error.code === 'not-found') return null;
    throw error;
  }
}

async function merged(
  psa: Psa,
  target: TicketRecord,
  duplicate: TicketRecord,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const status = await chooseStatus(psa, duplicate, 'closed', null);
  const body = {
    mergeTicketIds: [Number(duplicate.id)],
    ...(status.id === null ? {} : { status: { id: Number(status.id) } }),
  };
  try {
    const json = await callTicket(psa, { method: 'POST', path: ticketPath(target.id, '/merge'), body, signal });
    return (json as { success?: unknown } | null)?.success !== false;
  } catch (error) {
    if (error instanceof TicketSystemError && (error.code === 'invalid' || error.code === 'not-found')) return false;
    throw error;
  }
}

async function closeAsRepeated(
  psa: Psa,
  canonical: string,
  duplicate: TicketRecord,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!present(psa, duplicate).isOpen) return;
  const key = `repeats:${canonical}`;
  if (!(await hasNote(psa, duplicate.id, key, signal))) {
    const note = {
      body: `This ticket repeats ticket ${canonical}, which goes on.`,
      visibility: 'internal',
      purpose: 'update',
      key,
    } as const;
    await addNote(psa, duplicate.id, note, signal);
  }
  await setState(psa, duplicate.id, 'closed', null, signal);
}
