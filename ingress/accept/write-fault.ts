import { isNoPartition } from '../../infra/database/partitions.ts';

/**
 * What a failed statement says of its rows. `data`: nothing was written and a row is at fault. `no-partition`: nothing was written, the day's
 * partition is missing. `refused`: the server answered, and may take the same later. `unreachable`: no answer, the outcome is unknown.
 */
export type WriteFault = 'data' | 'no-partition' | 'refused' | 'unreachable';

const DATA_CLASSES = ['22', '23', '54'];
const PROTOCOL_VIOLATION = '08P01';
const SQLSTATE = /^[0-9A-Z]{5}$/;
const SHUTTING_DOWN_OR_STARTING = ['57P01', '57P02', '57P03'];

/** Never matches on a message. System errors such as `EPIPE` have the form of an SQLSTATE, none of which begins with E. */
export function classifyFault(error: unknown): WriteFault {
  if (isNoPartition(error)) return 'no-partition';
  if (error instanceof TypeError || error instanceof RangeError) return 'data';
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !SQLSTATE.test(code) || code.startsWith('E')) return 'unreachable';
  if (code === PROTOCOL_VIOLATION || DATA_CLASSES.includes(code.slice(0, 2))) return 'data';
  if (code.startsWith('08') || SHUTTING_DOWN_OR_STARTING.includes(code)) return 'unreachable';
  return 'refused';
}
