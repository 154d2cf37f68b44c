/** Names and shapes of the heartbeat workflow: one an endpoint whose silence is watched. Frozen once shipped. */
export const HEARTBEAT_WORKFLOW = 'heartbeatWorkflow';

/** The only signal: "look into Postgres", sent when the configuration changed. Webhooks send none. */
export const HEARTBEAT_BELL_SIGNAL = 'bell';

export const HEARTBEAT_QUERY = 'heartbeat';

/** Compares the list of endpoints with the list of workflows; started by a schedule of the same name. */
export const HEARTBEAT_RECONCILE_WORKFLOW = 'heartbeatReconcileWorkflow';
export const HEARTBEAT_RECONCILE_SCHEDULE = 'heartbeat-reconcile';

/** What Temporal's built-in server bears: wakes a second of all heartbeats together. */
export const HEARTBEAT_BUDGET_PER_SECOND = 20;

export interface HeartbeatInput {
  endpointId: string;
}

/** `now` is the workflow's time (ISO). */
export interface HeartbeatLookInput {
  endpointId: string;
  now: string;
}

/**
 * `waiting`: the next webhook is not late. `overdue`: told, and repeated at every further timeout. `quiet`: late, but a
 * maintenance is on. `blind`: HookWise itself cannot receive now, so nobody can be late. `off`: not watched.
 */
export type HeartbeatPhase = 'waiting' | 'overdue' | 'quiet' | 'blind' | 'off';

/** What one look found and did. Instants are ISO strings; `wakesAt` is when to look again, null for never. */
export interface HeartbeatLook {
  phase: HeartbeatPhase;
  endpointName: string;
  /** For people: `24h`, or the cron line with its zone and grace. */
  expectation: string;
  lastSeenAt: string | null;
  deadlineAt: string | null;
  wakesAt: string | null;
  /** How often this silence was told. */
  told: number;
  /** Why it is quiet or off. */
  reason: string | null;
}

export interface HeartbeatEnd {
  end: 'off';
}

export interface HeartbeatReconcileEnd {
  watched: number;
  running: number;
  /** Workflows that were missing and are started. */
  started: number;
  /** Workflows rung because they slept past their time or watch what is not to be watched any more. */
  rung: number;
}
