/** One gate workflow a ticket-system connection: it probes a connection that failed and frees what waits behind it. */
export const GATE_WORKFLOW = 'gateWorkflow';

/** "The connection failed again": the gate probes once more before it ends. */
export const GATE_BELL_SIGNAL = 'bell';

export interface GateInput {
  connection: string;
}

export interface GateProbe {
  connection: string;
  isOpen: boolean;
  reason: string | null;
}

export type GateEnd = { released: number };
