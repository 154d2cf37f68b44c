/** One gate workflow a ticket-system connection: it probes a connection that failed and frees what waits behind it. */
export const GATE_WORKFLOW = 'gateWorkflow';

/** "The connection failed again": the gate probes once more before it ends. */
export const GATE_BELL_SIGNAL = 'bell';

/** "Somebody asks to try now": the gate does not wait for its next probe. */
export const GATE_PROBE_SIGNAL = 'probe';

export interface GateInput {
  connection: string;
  /** Milliseconds between the first probes, doubled after each, and at most; 5 s and 5 min where absent. */
  firstPauseMs?: number;
  lastPauseMs?: number;
  /** Where a run goes on from another: the pause that it had come to. */
  pauseMs?: number;
}

export interface GateProbe {
  connection: string;
  isOpen: boolean;
  reason: string | null;
}

export type GateEnd = { released: number };
