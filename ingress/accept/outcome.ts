import { refused, type Refused } from '../refusal.ts';

/** What became of a row handed to the inbox writer. Only `queued` and `duplicate` mean that it is safe. */
export type InboxOutcome =
  | { kind: 'queued'; requestId: string }
  | { kind: 'duplicate'; requestId: string }
  | { kind: 'unstorable' }
  | { kind: 'overloaded' }
  | { kind: 'unavailable' };

export interface Accepted {
  label: 'queued' | 'duplicate';
  requestId: string;
  body: string;
}

/** The one table from outcome to answer: 202 for what is committed, a refusal for the rest. */
export function answerOf(outcome: InboxOutcome): Accepted | Refused {
  switch (outcome.kind) {
    case 'queued':
    case 'duplicate':
      return { label: outcome.kind, requestId: outcome.requestId, body: acceptedBody(outcome.kind, outcome.requestId) };
    case 'unstorable':
    case 'overloaded':
    case 'unavailable':
      return refused(outcome.kind);
    default:
      return outcome satisfies never;
  }
}

function acceptedBody(status: string, requestId: string): string {
  return `{"status":"${status}","message":"Webhook received","request_id":"${requestId}"}`;
}
