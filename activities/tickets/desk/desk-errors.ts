import { TicketSystemError } from '../ticket-system.ts';

const FOREIGN_KEY = '23503';

/**
 * Runs desk work and turns what Postgres throws into a `TicketSystemError`. Every write of the desk is repeatable by its
 * key, so a lost answer counts as no effect.
 */
export async function atDesk<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal?.aborted)
    throw new TicketSystemError('unavailable', 'The call to the desk was called off.', { effect: 'none' });
  try {
    return await work();
  } catch (error) {
    throw error instanceof TicketSystemError ? error : faultOf(error);
  }
}

/** The error for a ticket that is not there. */
export function noSuchTicket(id: string, cause?: unknown): TicketSystemError {
  return new TicketSystemError('not-found', `The desk has no ticket ${id}.`, { effect: 'none', cause });
}

function faultOf(error: unknown): TicketSystemError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const state = typeof code === 'string' ? code : '';
  const text = String(message ?? error).slice(0, 2000);
  if (state === FOREIGN_KEY)
    return new TicketSystemError('not-found', 'The desk has no such ticket.', { effect: 'none', cause: error });
  if (/^(22|23)/.test(state))
    return new TicketSystemError('invalid', `The desk refused: ${text}`, {
      effect: 'none',
      answer: text,
      cause: error,
    });
  return new TicketSystemError('unavailable', `The desk's database did not answer: ${text}`, {
    effect: 'none',
    cause: error,
  });
}
