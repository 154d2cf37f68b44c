/** A webhook as `GET /history/<id>` shows it, as far as the contract names it. */
export interface Shown {
  requestId: string;
  status: 'received' | 'dispatched' | 'held' | 'processed' | 'skipped' | 'failed';
  action: string;
  ticketId: string | null;
  error: string | null;
  message: string | null;
  summary: string | null;
  replayOf: string | null;
  body: Record<string, unknown>;
  alerts: ShownAlert[];
}

export interface ShownAlert {
  kind: string;
  state: string;
  action: string;
  incidentId: string | null;
  ticketId: string | null;
  error: string | null;
  message: string;
  plan: {
    explanation: string | null;
    reason: string | null;
    matchedRules: { pattern: string }[];
    companySource: string;
    ticket: { summary: string; description: string; companyId: string | null; board: string | null };
  } | null;
}
