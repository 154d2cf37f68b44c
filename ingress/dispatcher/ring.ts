import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import type { Logger } from '../../infra/observability/logger.ts';
import { ringGate, ringIncident } from '../../infra/temporal/ring.ts';
import type { BellStore } from './bell-store.ts';
import { createCircuit } from './circuit.ts';
import type { DispatchMetrics } from './dispatch-metrics.ts';
import type { RaisedBell } from '../../infra/database/raise-bells.ts';
import { createFairBells } from './fair-bells.ts';
import { createPace } from './pace.ts';
import { createStartsUnderWay, type StartLimits } from './starts-under-way.ts';

const MOST_IN_FLIGHT = 8;
/** How long a call to Temporal may take. */
export const RING_DEADLINE_MS = 5_000;
const MOST_WAITING = 20_000;
/** New incidents between their start and their ticket: enough to fill two cores, so that what comes meanwhile waits for few. */
const STARTS: StartLimits = { most: 16, mostOfOneEndpoint: 8, longestMs: 3_000, narrowMs: 30_000 };
/** Between looks at what is started while something waits: doubled while nothing comes to its end. */
const LOOK_AT_STARTS_MS = 50;
const LONGEST_LOOK_MS = 400;
/** Between looks while nothing waits. */
const IDLE_LOOK_MS = 1_000;
/** How long an incident rung lately waits for its next ring (see `createPace`): 3 s at 10 rings a second, 12 s at 16. */
const GAP_MS = 3;
const LONGEST_GAP_MS = 12_000;
/** Incidents of lost runs rung in a second: what comes in goes first. */
const MOST_OVERDUE = 50;
const SENT_TOGETHER_MS = 200;
const LAST_WAIT_MS = 500;
const INVALID_ARGUMENT = 3;
const FAILED_PRECONDITION = 9;

export interface RingerDeps {
  client: Client;
  store: BellStore;
  logger: Logger;
  metrics: DispatchMetrics;
  deadlineMs: number;
}

/** Rings Temporal for incidents, never waiting for it: what cannot be rung now waits here, and in Postgres for whoever comes. */
export interface Ringer {
  ring(bells: readonly RaisedBell[]): void;
  /** Rings every bell whose turn has come again. */
  ringAgain(): Promise<void>;
  /** Raises and rings what a lost run has left undone. */
  ringOverdue(): Promise<void>;
  ringGates(): Promise<void>;
  waiting(): number;
  /** Waits half a second for the calls under way and keeps what was sent; other bells are rung again later, by anyone. */
  stop(): Promise<void>;
}

/** A ringer with bounded calls, a deadline on each, and one probe at a time while Temporal is away. */
export function createRinger({ client, store, logger, metrics, deadlineMs }: RingerDeps): Ringer {
  const circuit = createCircuit(MOST_IN_FLIGHT, () => performance.now());
  const pace = createPace(GAP_MS, LONGEST_GAP_MS, () => performance.now());
  const delayed = new Map<string, NodeJS.Timeout>();
  const waiting = createFairBells();
  const starts = createStartsUnderWay(STARTS, () => performance.now());
  const underWay = new Map<string, Promise<void>>();
  let sent: RaisedBell[] = [];
  let sentTimer: NodeJS.Timeout | null = null;
  let probeTimer: NodeJS.Timeout | null = null;
  let startsTimer: NodeJS.Timeout | null = null;
  let lookMs = LOOK_AT_STARTS_MS;
  let looksAt = 0;
  let isStopped = false;

  const pump = (): void => {
    if (isStopped) return;
    while (circuit.room(underWay.size) > 0) {
      const bell = waiting.take({ ...starts, isBusy: (id) => underWay.has(id) });
      if (bell === undefined) break;
      if (bell.starts) {
        starts.began(bell.endpointId, bell.id);
        lookMs = LOOK_AT_STARTS_MS;
      }
      underWay.set(
        bell.id,
        ringOne(bell).finally(() => {
          underWay.delete(bell.id);
          pump();
        }),
      );
    }
    planLook();
    const pauseMs = circuit.pauseMs();
    if (waiting.size > 0 && pauseMs !== null && probeTimer === null) {
      probeTimer = setTimeout(() => {
        probeTimer = null;
        pump();
      }, pauseMs + 1);
    }
  };

  const planLook = (): void => {
    if (starts.ids().length === 0) return;
    const delayMs = waiting.size > 0 ? lookMs : IDLE_LOOK_MS;
    if (startsTimer !== null && looksAt <= performance.now() + delayMs) return;
    if (startsTimer !== null) clearTimeout(startsTimer);
    looksAt = performance.now() + delayMs;
    startsTimer = setTimeout(() => void lookAtStarts(), delayMs);
  };

  const lookAtStarts = async (): Promise<void> => {
    const ids = starts.ids();
    const opening = await store.opening(ids).catch(() => ids);
    lookMs = starts.keep(new Set(opening), ids) ? LOOK_AT_STARTS_MS : Math.min(lookMs * 2, LONGEST_LOOK_MS);
    startsTimer = null;
    pump();
  };

  const ringOne = async (bell: RaisedBell): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + deadlineMs, () => ringIncident(client, bell));
    } catch (error) {
      if (isRefusal(error)) await noteRefusal(bell, error);
      else noteFailure(bell, error);
      return;
    }
    if (circuit.isOpen()) logger.info('Temporal is reachable again; ringing goes on');
    circuit.succeeded();
    pace.rang(bell.id);
    metrics.temporalUp.set(1);
    metrics.bells.inc({ result: 'sent' });
    sent.push(bell);
    sentTimer ??= setTimeout(() => void keepSent(), SENT_TOGETHER_MS);
  };

  const noteFailure = (bell: RaisedBell, error: unknown): void => {
    if (!circuit.isOpen()) logger.warn({ err: error }, 'Temporal does not answer; bells wait and planning goes on');
    circuit.failed();
    metrics.temporalUp.set(0);
    metrics.bells.inc({ result: 'failed' });
    if (!waiting.has(bell.id)) waiting.put(bell);
  };

  const noteRefusal = async (bell: RaisedBell, error: unknown): Promise<void> => {
    circuit.succeeded();
    metrics.bells.inc({ result: 'refused' });
    const reason = reasonOf(error);
    try {
      if (await store.markRefused(bell, reason)) {
        logger.error(
          { incident: bell.key, reason },
          'Temporal refused a signal for good; the alerts of the incident stay in Postgres',
        );
      }
    } catch (fault) {
      logger.warn({ err: fault, incident: bell.key, reason }, 'A refused signal could not be kept');
    }
  };

  const keepSent = async (): Promise<void> => {
    sentTimer = null;
    const bells = sent;
    sent = [];
    if (bells.length === 0) return;
    await store
      .markSent(bells)
      .catch((error: unknown) => logger.warn({ err: error }, 'Sent bells could not be kept; they are rung again'));
  };

  const admit = (bell: RaisedBell): void => {
    if (waiting.size < MOST_WAITING || waiting.has(bell.id)) waiting.put(bell);
  };

  const admitLater = (bell: RaisedBell, delayMs: number): void => {
    clearTimeout(delayed.get(bell.id));
    delayed.set(
      bell.id,
      setTimeout(() => {
        delayed.delete(bell.id);
        admit(bell);
        pump();
      }, delayMs),
    );
  };

  return {
    ring(bells) {
      for (const bell of bells) {
        const delayMs = pace.delayOf(bell.id);
        if (delayMs > 0) admitLater(bell, delayMs);
        else admit(bell);
      }
      pump();
    },
    async ringAgain() {
      if (waiting.size >= MOST_WAITING / 2) return;
      const due = await store.due(500);
      this.ring(due.filter(({ id }) => !waiting.has(id) && !underWay.has(id) && !delayed.has(id)));
    },
    async ringOverdue() {
      if (circuit.isOpen() || waiting.size >= MOST_WAITING / 2) return;
      const overdue = await store.raiseOverdue(MOST_OVERDUE);
      if (overdue.length > 0)
        logger.warn({ incidents: overdue.length }, 'Incidents that should have acted did not; their runs are rung');
      this.ring(overdue);
    },
    async ringGates() {
      if (circuit.isOpen()) return;
      for (const connection of await store.gatesToRing()) {
        await client
          .withDeadline(Date.now() + deadlineMs, () => ringGate(client, connection))
          .catch((error: unknown) => {
            logger.warn({ err: error, connection }, 'A gate could not be rung; it is tried again within a minute');
          });
      }
    },
    waiting: () => waiting.size + underWay.size + delayed.size,
    async stop() {
      isStopped = true;
      if (probeTimer) clearTimeout(probeTimer);
      if (startsTimer) clearTimeout(startsTimer);
      for (const timer of delayed.values()) clearTimeout(timer);
      await Promise.race([Promise.all(underWay.values()), pause(LAST_WAIT_MS)]);
      if (sentTimer) clearTimeout(sentTimer);
      await keepSent();
    },
  };
}

function isRefusal(error: unknown): boolean {
  const fault = grpcFault(error);
  return fault?.code === INVALID_ARGUMENT || fault?.code === FAILED_PRECONDITION;
}

function reasonOf(error: unknown): string {
  return (grpcFault(error)?.details || (error as Error).message).slice(0, 1000);
}

function grpcFault(error: unknown) {
  if (isGrpcServiceError(error)) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause : null;
}
