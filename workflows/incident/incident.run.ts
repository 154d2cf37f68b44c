import {
  type CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  BELL_SIGNAL,
  INCIDENT_QUERY,
  ORDER_UPDATES,
  type IncidentSnapshot,
  type IncidentView,
  type OrderAnswer,
  type OrderInput,
  type StepInput,
} from '../contracts/incident.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { describeIncident } from './incident.details.ts';

const PHASE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.phase, SearchAttributeType.KEYWORD);
const TICKET = defineSearchAttributeKey(SEARCH_ATTRIBUTES.ticket, SearchAttributeType.KEYWORD);
const SHOWN_PHASES = new Set(['open', 'blocked', 'closed', 'abandoned']);

/** What one run keeps: nothing that is not in the incident's row, but for who waits for an answer. */
export interface IncidentRun {
  key: string;
  bell: boolean;
  signals: number;
  snapshot: IncidentSnapshot | null;
  doing: string;
  waitsUntil: number | null;
  watched: Set<string>;
  answers: Map<string, OrderAnswer>;
  shown: string;
  /** The analysis under way beside the story, and the last one that came to its end. */
  analysing: { id: string; scope: CancellationScope } | null;
  analysed: string | null;
}

/** Begins a run: registers the handlers, which only record. */
export function beginRun(key: string): IncidentRun {
  const run: IncidentRun = {
    key,
    bell: false,
    signals: 0,
    snapshot: null,
    doing: 'begins',
    waitsUntil: null,
    watched: new Set(),
    answers: new Map(),
    shown: '',
    analysing: null,
    analysed: null,
  };
  setHandler(defineSignal(BELL_SIGNAL), () => {
    run.bell = true;
    run.signals += 1;
  });
  setHandler(defineQuery<IncidentView>(INCIDENT_QUERY), () => ({
    snapshot: run.snapshot,
    doing: run.doing,
    waitsUntil: run.waitsUntil === null ? null : new Date(run.waitsUntil).toISOString(),
  }));
  for (const name of Object.values(ORDER_UPDATES)) {
    setHandler(defineUpdate<OrderAnswer, [OrderInput]>(name), (input) => awaitAnswer(run, input), {
      validator: refuseMalformed,
    });
  }
  return run;
}

/** A handler that waits keeps the run from continuing as new; the order itself is a row and waits as long as it must. */
const ORDER_PATIENCE_MS = 20_000;

async function awaitAnswer(run: IncidentRun, { orderId }: OrderInput): Promise<OrderAnswer> {
  run.watched.add(orderId);
  run.bell = true;
  const isAnswered = () => run.answers.has(orderId);
  if (patched('2026-11-29-orders-wait-elsewhere')) await condition(isAnswered, ORDER_PATIENCE_MS);
  else await condition(isAnswered);
  run.watched.delete(orderId);
  return run.answers.get(orderId) ?? { orderId, state: 'asked', answer: 'It waits until it can be carried out.' };
}

function refuseMalformed(input: OrderInput): void {
  if (typeof input?.orderId !== 'string' || !/^[0-9a-f-]{36}$/.test(input.orderId)) {
    throw new Error(
      'An order names its row: { "orderId": "<uuid>" }. Orders are made with POST /api/v1/incidents/<id>/<order>.',
    );
  }
}

/** What every step activity of this run is told. */
export function stepInput(run: IncidentRun): StepInput {
  return { key: run.key, chain: workflowInfo().runId, now: new Date().toISOString(), watched: [...run.watched] };
}

/** Remembers where the incident stands and shows it in the Temporal Web UI. */
export function noteSnapshot(run: IncidentRun, snapshot: IncidentSnapshot): void {
  run.snapshot = snapshot;
  for (const answer of snapshot.answers) run.answers.set(answer.orderId, answer);
  setCurrentDetails(describeIncident(snapshot));
  const shown = `${snapshot.phase} ${snapshot.ticketId ?? ''}`;
  if (!SHOWN_PHASES.has(snapshot.phase) || shown === run.shown) return;
  run.shown = shown;
  upsertSearchAttributes([
    { key: PHASE, value: snapshot.phase },
    { key: TICKET, value: snapshot.ticketId ?? snapshot.lastTicketId },
  ]);
}
