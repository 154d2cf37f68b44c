import type { AlertKind, PlanSender, SkipReason } from '../contracts/plan.ts';

/** One row of the journal of an incident. Instants are ISO strings. Texts are as they are kept. */
export type LedgerRow = AlertRow | EventRow | OrderRow | AnalysisRow | AuditRow;

export interface AlertRow {
  source: 'alert';
  at: string;
  webhookId: string;
  n: number;
  kind: AlertKind;
  state: string;
  action: string;
  ticket: string | null;
  error: string | null;
  message: string;
  origin: string | null;
  /** What the plan says of it; null where the plan is not kept any more. */
  plan: PlanFacts | null;
}

export interface PlanFacts {
  trigger: string | null;
  rules: { index: number; path: string; pattern: string; value: string }[];
  company: string | null;
  /** Why it was skipped or held, such as the window that held. */
  explanation: string | null;
  /** The kind of that; absent in lines that are not of the planner. */
  reason?: SkipReason | null;
  /** What spoke, where it was no webhook. */
  sender?: PlanSender | null;
  configVersion: number | null;
}

/** A line of the timeline; `id` is its place in the order in which things were decided. */
export interface EventRow {
  source: 'event';
  at: string;
  id: number;
  episode: number;
  kind: string;
  text: string;
  data: Record<string, unknown>;
  /** What spoke, where `data` names what is no webhook. */
  sender?: PlanSender | null;
}

export interface OrderRow {
  source: 'order';
  at: string;
  id: string;
  kind: string;
  by: string;
  input: Record<string, unknown>;
  state: string;
  sourceIp: string | null;
}

export interface AnalysisRow {
  source: 'analysis';
  at: string;
  id: string;
  reason: string;
  by: string | null;
  ticket: string;
  webhookId: string | null;
}

/** A change a person made to the incident that is no order. */
export interface AuditRow {
  source: 'audit';
  at: string;
  action: string;
  by: string;
  sourceIp: string | null;
}
