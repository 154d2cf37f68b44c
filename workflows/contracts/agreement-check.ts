/** The regular comparison of Postgres with the list of workflows, started by a Temporal schedule of the same name. */
export const AGREEMENT_CHECK_WORKFLOW = 'agreementCheckWorkflow';
export const AGREEMENT_CHECK_SCHEDULE = 'agreement-check';

export type AgreementKind = 'incident' | 'heartbeat' | 'gate';

/** What one kind of workflow came to. */
export interface Agreement {
  kind: AgreementKind;
  /** How many should run by what Postgres says, and how many do by what Temporal lists. */
  wanted: number;
  running: number;
  /** Wanted and not running; running and not wanted. */
  missing: number;
  stray: number;
}

export interface AgreementCheckEnd {
  kinds: Agreement[];
}
