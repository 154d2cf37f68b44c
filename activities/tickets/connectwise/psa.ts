import { TicketSystemError, type TicketSnapshot } from '../ticket-system.ts';
import { unreadable, type Asked } from './answer-fault.ts';
import type { Catalog } from './catalog.ts';
import type { PsaCall, PsaClient } from './psa-client.ts';
import { readTicketRecord, snapshotOf, type TicketRecord } from './ticket-record.ts';

/** What the parts of the adapter share. */
export interface Psa {
  client: PsaClient;
  catalog: Catalog;
  settings: PsaSettings;
}

export interface PsaSettings {
  company: string;
  serviceBoard: string;
  statusNew: string;
  statusClosed: string;
  defaultCompanyId: string | null;
  ticketUrl(id: string): string;
}

/** Longest texts that are sent: the summary is ConnectWise's limit, the note's is ours (facts/connectwise.md §5, §7). */
export const LIMITS = { summary: 100, note: 30_000 };

export function ticketPath(id: string, more = ''): string {
  return `/service/tickets/${encodeURIComponent(id)}${more}`;
}

/** Whether a text can be the id of a record; no call is made for others. */
export function isRecordId(id: string): boolean {
  return /^[1-9][0-9]{0,17}$/.test(id);
}

/** A list call that only good credentials with the right to read tickets can make. Throws what it answers. */
export async function proveConnection(psa: Psa, signal: AbortSignal | undefined): Promise<void> {
  const call = { method: 'GET', path: '/service/tickets', query: { pageSize: '1', fields: 'id' } } as const;
  const { json, status } = await psa.client.call({ ...call, signal });
  if (!Array.isArray(json)) throw unreadable(call, status, 'it is not a list');
}

/**
 * A call about one ticket. 404 means `not-found` and 403 `invalid` only after another call proved the connection good;
 * otherwise the connection's own fault is thrown.
 */
export async function callTicket(psa: Psa, call: PsaCall): Promise<unknown> {
  try {
    return (await psa.client.call(call)).json;
  } catch (error) {
    if (!(error instanceof TicketSystemError) || (error.status !== 404 && error.status !== 403)) throw error;
    await proveConnection(psa, call.signal);
    throw new TicketSystemError(error.status === 404 ? 'not-found' : 'invalid', error.message, {
      effect: 'none',
      status: error.status,
      answer: error.answer,
      cause: error,
    });
  }
}

/** The ticket as it is now. Throws `not-found`. */
export async function readTicket(psa: Psa, id: string, signal: AbortSignal | undefined): Promise<TicketRecord> {
  if (!isRecordId(id)) throw new TicketSystemError('not-found', `ConnectWise has no ticket ${id}.`, { effect: 'none' });
  const call = { method: 'GET', path: ticketPath(id) } as const;
  return ticketOf(call, await callTicket(psa, { ...call, signal }));
}

/** The ticket in an answer; an answer without one cannot be read. */
export function ticketOf(asked: Asked, json: unknown): TicketRecord {
  const record = readTicketRecord(json);
  if (record === null) throw unreadable(asked, 200, 'it holds no ticket with an id');
  return record;
}

export function present(psa: Psa, record: TicketRecord): TicketSnapshot {
  return snapshotOf(record, psa.settings);
}
