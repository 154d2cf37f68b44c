import { TicketSystemError } from '../ticket-system.ts';
import { answerText } from './answer-text.ts';
import { retryAfterMs } from './retry-after.ts';

/** An HTTP answer as it came; `isWhole` is false when its body broke off, was too large or came too late. */
export interface PsaAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  isWhole: boolean;
}

/** What was asked, as far as it matters for judging the answer. */
export interface Asked {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
}

/**
 * The error that an answer means; null for a whole 2xx. Only a write can have an unknown effect: 5xx, 408, and a 2xx that
 * broke off (facts/connectwise.md §8, §12). 401, 403, 404 and redirects are faults of the connection here: who asked for
 * one record turns 403 and 404 into that record's fault once the connection is proved.
 */
export function faultOfAnswer(asked: Asked, answer: PsaAnswer, secrets: readonly string[]): TicketSystemError | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return answer.isWhole ? null : unreadable(asked, status, 'the answer broke off');
  const text = answerText(answer.body, secrets);
  const more = {
    status,
    answer: text,
    retryAfterMs: retryAfterMs(answer.headers['retry-after'], answer.body, Date.now()),
  };
  const said = `ConnectWise answered ${status}: ${text}`;
  if (status === 429) return new TicketSystemError('throttled', said, { effect: 'none', ...more });
  if (status === 401 || status === 403 || status === 404 || status < 400) {
    return new TicketSystemError('connection-refused-us', said, { effect: 'none', ...more });
  }
  if (status < 500 && status !== 408) return new TicketSystemError('invalid', said, { effect: 'none', ...more });
  if (asked.method === 'GET') return new TicketSystemError('unavailable', said, { effect: 'none', ...more });
  return new TicketSystemError('outcome-unknown', said, { effect: 'unknown', ...more });
}

/** The error for a good status with a body that tells nothing. */
export function unreadable(asked: Asked, status: number, why: string): TicketSystemError {
  const isWrite = asked.method !== 'GET';
  return new TicketSystemError(
    isWrite ? 'outcome-unknown' : 'unavailable',
    `ConnectWise answered ${status}, but the answer to ${asked.method} ${asked.path} cannot be read: ${why}.`,
    { effect: isWrite ? 'unknown' : 'none', status },
  );
}
