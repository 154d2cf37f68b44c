import { Counter, Histogram, Registry } from 'prom-client';
import { TicketSystemError, type TicketSystem, type TicketWatch } from './ticket-system.ts';

/** The ticket system's series of this process; the worker serves them. */
export const ticketMetrics = new Registry();

const tasks = new Counter({
  name: 'hookwise_psa_tasks_total',
  help: 'Calls to the ticket system by kind of work and how they ended: success, failure without effect, unknown.',
  labelNames: ['type', 'result'],
  registers: [ticketMetrics],
});

const seconds = new Histogram({
  name: 'hookwise_psa_task_seconds',
  help: 'Seconds a call to the ticket system took, waiting for its turn included.',
  labelNames: ['type'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60],
  registers: [ticketMetrics],
});

type TaskType = 'create' | 'note' | 'close' | 'reopen' | 'get' | 'find' | 'merge' | 'check' | 'catalog' | 'watch';

async function counted<T>(type: TaskType, work: () => Promise<T>): Promise<T> {
  const stop = seconds.startTimer({ type });
  let result: 'success' | 'failure' | 'unknown' = 'success';
  try {
    return await work();
  } catch (error) {
    result = error instanceof TicketSystemError && error.effect === 'unknown' ? 'unknown' : 'failure';
    throw error;
  } finally {
    stop();
    tasks.inc({ type, result });
  }
}

/** The same ticket system, each of its calls counted and timed in `ticketMetrics`. Wrap once. */
export function withMetrics(system: TicketSystem): TicketSystem {
  return {
    describe: () => system.describe(),
    check: (signal) => counted('check', () => system.check(signal)),
    catalog: (kind, parent, signal) => counted('catalog', () => system.catalog(kind, parent, signal)),
    findByKey: (key, signal) => counted('find', () => system.findByKey(key, signal)),
    findOpen: (draft, signal) => counted('find', () => system.findOpen(draft, signal)),
    create: (draft, key, signal) => counted('create', () => system.create(draft, key, signal)),
    get: (id, signal) => counted('get', () => system.get(id, signal)),
    addNote: (id, note, signal) => counted('note', () => system.addNote(id, note, signal)),
    hasNote: (id, key, signal) => counted('find', () => system.hasNote(id, key, signal)),
    setState: (id, intent, status, signal) =>
      counted(intent === 'closed' ? 'close' : 'reopen', () => system.setState(id, intent, status, signal)),
    converge: (canonical, duplicates, signal) => counted('merge', () => system.converge(canonical, duplicates, signal)),
    ...(system.watch === undefined ? {} : { watch: watchWithMetrics(system.watch) }),
  };
}

function watchWithMetrics({ mostIds, callbacks, ...watch }: TicketWatch): TicketWatch {
  return {
    mostIds,
    changedSince: (since, afterId, signal) => counted('watch', () => watch.changedSince(since, afterId, signal)),
    listed: (ids, signal) => counted('watch', () => watch.listed(ids, signal)),
    callbacks: {
      list: (signal) => counted('watch', () => callbacks.list(signal)),
      register: (url, description, signal) => counted('watch', () => callbacks.register(url, description, signal)),
      remove: (id, signal) => counted('watch', () => callbacks.remove(id, signal)),
    },
  };
}
