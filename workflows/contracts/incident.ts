/** Names and shapes of the incident workflow. Frozen once shipped. */
export const INCIDENT_WORKFLOW = 'incidentWorkflow';

/** The only signal: "look into Postgres". It carries nothing. */
export const BELL_SIGNAL = 'bell';

export const INCIDENT_QUERY = 'incident';

/** Orders of a person, one update name a kind; the argument is `OrderInput`, the answer `OrderAnswer`. */
export const ORDER_UPDATES = {
  note: 'noteIncident',
  close: 'closeIncident',
  retry: 'retryIncident',
  create: 'createTicket',
  adopt: 'adoptTicket',
  acknowledge: 'acknowledgeIncident',
  snooze: 'snoozeIncident',
  analyse: 'analyseIncident',
} as const;
export type OrderKind = keyof typeof ORDER_UPDATES;

/** The workflow id is the incident's key; the row in Postgres is found by it. */
export interface IncidentInput {
  key: string;
}

/** The order itself is a row of `incident_order`, written by the verb before the update is sent. */
export interface OrderInput {
  orderId: string;
}

/** `asked`: kept, and carried out as soon as it can be. */
export interface OrderAnswer {
  orderId: string;
  state: 'done' | 'refused' | 'asked';
  answer: string;
}

export type IncidentPhase =
  | 'new'
  | 'opening'
  | 'open'
  | 'closing'
  | 'closed'
  | 'waiting'
  | 'blocked'
  | 'uncertain'
  | 'abandoned';

/** What the alerts ask for, by the last of them: nothing, an open ticket, a closed one. */
export type IncidentWant = 'none' | 'open' | 'closed';

/** How the run ended. `superseded`: a newer run owns the incident. */
export type IncidentEnd = { end: 'closed' | 'abandoned' | 'superseded'; ticketId: string | null };

/** The incident as the last take found it; all that the story decides on. Instants are ISO strings. */
export interface IncidentSnapshot {
  incidentId: string;
  endpointId: string;
  endpointName: string;
  summary: string;
  company: string | null;
  phase: IncidentPhase;
  want: IncidentWant;
  episode: number;
  ticketId: string | null;
  ticketUrl: string | null;
  lastTicketId: string | null;
  batch: number;
  /** Alerts taken and not settled, by what they ask for. */
  unsettledOpens: number;
  unsettledCloses: number;
  /** More alerts wait beyond this take. */
  hasMore: boolean;
  pendingCount: number;
  /** When the pending note may be written; null when nothing is pending. */
  noteDueAt: string | null;
  /** A note was being written when the last attempt ended. */
  isWriting: boolean;
  postingAt: string | null;
  postingRounds: number;
  postingLooks: number;
  convergeAt: string | null;
  calmSince: string | null;
  closeDelayMs: number;
  checkedAt: string | null;
  nextTryAt: string | null;
  gateIsOpen: boolean;
  isBlocked: boolean;
  error: string | null;
  /** Orders that can be carried out now: with the gate closed, or between two tries, only those that need no ticket system. */
  orders: string[];
  /** When those that wait for the next try are due; null or absent where none does. */
  ordersDueAt?: string | null;
  answers: OrderAnswer[];
  alerts: number;
  lagBudgetMs: number;
  /** While a person wants quiet: when the ticket is to be read because alerts were counted since it was last read. */
  lookAt?: string | null;
  /** While it flaps: when the note that tells so, or that it is over, is due; and before when the ticket is not closed. */
  flapNoteAt?: string | null;
  flappingUntil?: string | null;
  /** While nobody knows whether a ticket was made: when its key is looked up once more; null or absent where a person must decide. */
  uncertainLookAt?: string | null;
  /** The analysis under way for this ticket; absent or null where none is. */
  analysisId?: string | null;
  /** Its text waits to be written as a note. */
  isAnalysisReady?: boolean;
}

/** What every step activity is told. `now` is the workflow's time (ISO); `chain` the run that may write. */
export interface StepInput {
  key: string;
  chain: string;
  now: string;
  /** Orders whose answers the run waits for. */
  watched: string[];
}

/** The analysis is a row of `incident_analysis`; neither its prompt nor its text enters a history. */
export interface AnalysisInput {
  analysisId: string;
  /** The workflow's time (ISO). */
  now: string;
}

/** Writing the note of an analysis. `isLost`: no worker gave an answer, so there is nothing to write. */
export interface AnalysisNoteInput extends StepInput {
  isLost: boolean;
}

/** What a person sees of a running incident. */
export interface IncidentView {
  snapshot: IncidentSnapshot | null;
  doing: string;
  waitsUntil: string | null;
}
