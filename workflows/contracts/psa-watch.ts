/** Keeps our callback at the ticket system: started by a schedule of the same name, and by people who switch callbacks on or off. */
export const PSA_CALLBACK_WORKFLOW = 'psaCallbackWorkflow';
export const PSA_CALLBACK_SCHEDULE = 'psa-callback';
/** Id of the looks that people ask for: who asks while one is under way joins it. */
export const PSA_CALLBACK_WORKFLOW_ID = 'psa-callback';

/** Path under PUBLIC_URL at which the ticket system calls us. */
export const CALLBACK_PATH = '/psa/callbacks';

/** Reads from the ticket system's lists which of our tickets people have ended: started by a schedule of the same name. */
export const PSA_SWEEP_WORKFLOW = 'psaSweepWorkflow';
export const PSA_SWEEP_SCHEDULE = 'psa-sweep';

/** Where the callback stands after a look. */
export interface CallbackEnd {
  state: 'never' | 'registered' | 'off' | 'refused' | 'failed';
  reason: string | null;
}

/** One page of a sweep. `next` goes into the next call; null: there is no more. */
export interface SweepPage {
  tickets: number;
  hinted: number;
  next: string | null;
}

/** What one sweep did. `isWhole` is false when a list could not be read to its end: one that fails is read again from there by the next sweep, one that is too long is made up for by looking tickets up. */
export interface SweepEnd {
  tickets: number;
  hinted: number;
  calls: number;
  isWhole: boolean;
}
