import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { FAILURES } from './contracts/failures.ts';
import { TASK_QUEUES } from './contracts/queues.ts';

/** Short reads and writes of Postgres beside the workflow task. They try again for ever: Postgres holds the facts. */
export const QUICK: LocalActivityOptions = {
  startToCloseTimeout: '10 s',
  retry: {
    initialInterval: '100 ms',
    backoffCoefficient: 2,
    maximumInterval: '10 s',
    nonRetryableErrorTypes: [FAILURES.chainTaken],
  },
  localRetryThreshold: '5 s',
};

/**
 * Calls to a ticket system. One try at most 45 s, above the HTTP deadline of 25 s; tries again only for faults of our own
 * (Postgres, a worker that died): what the ticket system answers is recorded and decided by the story.
 */
export const TICKET: ActivityOptions = {
  taskQueue: TASK_QUEUES.tickets,
  startToCloseTimeout: '45 s',
  heartbeatTimeout: '10 s',
  retry: {
    initialInterval: '200 ms',
    backoffCoefficient: 2,
    maximumInterval: '15 s',
    nonRetryableErrorTypes: [FAILURES.chainTaken],
  },
};

/**
 * Asking a language model. A time-out of the model is an answer that the activity records; the spans here are for a worker that
 * died or has too many models to ask. Nothing waits for it.
 */
export const MODEL: ActivityOptions = {
  taskQueue: TASK_QUEUES.analysis,
  startToCloseTimeout: '65 m',
  scheduleToCloseTimeout: '2 h',
  heartbeatTimeout: '15 s',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '2 s', backoffCoefficient: 3, maximumInterval: '2 m', maximumAttempts: 5 },
};

/** Asking a language model how it is, while a person waits. */
export const MODEL_CHECK: ActivityOptions = {
  taskQueue: TASK_QUEUES.analysis,
  startToCloseTimeout: '15 s',
  scheduleToCloseTimeout: '40 s',
  retry: { initialInterval: '1 s', maximumAttempts: 2 },
};

/** Probing and freeing by the gate. */
export const GATE: ActivityOptions = {
  taskQueue: TASK_QUEUES.upkeep,
  startToCloseTimeout: '60 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
};

/** Upkeep of the database: may take minutes, tries again until the next hour's run. */
export const UPKEEP: ActivityOptions = {
  taskQueue: TASK_QUEUES.upkeep,
  startToCloseTimeout: '10 m',
  scheduleToCloseTimeout: '50 m',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '5 m' },
};

/** Reading the catalog, which takes many calls at the connection's rate; what stays away for minutes is for the next reading. */
export const CATALOG: ActivityOptions = {
  taskQueue: TASK_QUEUES.upkeep,
  startToCloseTimeout: '30 m',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '5 s', backoffCoefficient: 3, maximumInterval: '2 m', maximumAttempts: 4 },
};

/** The regular check of endpoints: reads and writes of Postgres; what does not end in time is for the next run. */
export const CHECK: ActivityOptions = {
  taskQueue: TASK_QUEUES.upkeep,
  startToCloseTimeout: '2 m',
  scheduleToCloseTimeout: '10 m',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '1 m' },
};

/** Reading the ticket system's lists for what people did, and keeping our callback: what fails is for the next run. */
export const PSA_WATCH: ActivityOptions = {
  taskQueue: TASK_QUEUES.upkeep,
  startToCloseTimeout: '2 m',
  scheduleToCloseTimeout: '4 m',
  retry: { initialInterval: '2 s', backoffCoefficient: 3, maximumInterval: '30 s', maximumAttempts: 3 },
};
