import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { REFUSALS, type RefusalReason } from './refusal.ts';

/** The kinds that prom-client tells apart. */
const GARBAGE_COLLECTIONS = ['major', 'minor', 'incremental', 'weakcb'] as const;

export interface IngressMetrics {
  received: Counter<'status'>;
  /** By label, ready to count. */
  accepted: Record<'queued' | 'duplicate', Counter.Internal>;
  refused: Counter<'reason'>;
  acceptSeconds: Histogram;
}

export interface InboxGauges {
  queuedBytes(): number;
  queuedRows(): number;
  isDatabaseReachable(): boolean;
}

/** The registry of a process, with Node's own series. */
export function createProcessRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Before its first collection the process would name the series and give no value.
  const collections = registry.getSingleMetric('nodejs_gc_duration_seconds');
  if (collections instanceof Histogram) for (const kind of GARBAGE_COLLECTIONS) collections.zero({ kind });
  return registry;
}

/** The series of accepting. No label carries a name of an endpoint or anything a sender chooses. */
export function createIngressMetrics(registry: Registry, inbox: InboxGauges): IngressMetrics {
  const registers = [registry];
  const received = new Counter({
    name: 'hookwise_webhooks_received_total',
    help: 'Webhooks by how the ingress answered them.',
    labelNames: ['status'],
    registers,
  });
  const refusals = new Counter({
    name: 'hookwise_refusals_total',
    help: 'Refused webhooks by reason.',
    labelNames: ['reason'],
    registers,
  });
  const acceptSeconds = new Histogram({
    name: 'hookwise_accept_seconds',
    help: 'Time from the first byte of an accepted webhook to its answer, commit included.',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  gauge(
    registry,
    'hookwise_accept_queue_bytes',
    'Bytes that wait for their commit in this process.',
    inbox.queuedBytes,
  );
  gauge(
    registry,
    'hookwise_accept_queue_rows',
    'Webhooks that wait for their commit in this process.',
    inbox.queuedRows,
  );
  gauge(registry, 'hookwise_database_up', 'Whether this process could last reach Postgres.', () =>
    Number(inbox.isDatabaseReachable()),
  );
  for (const status of new Set(['queued', 'duplicate', ...Object.values(REFUSALS).map(({ label }) => label)]))
    received.inc({ status }, 0);
  for (const reason of Object.keys(REFUSALS) as RefusalReason[]) refusals.inc({ reason }, 0);
  const accepted = { queued: received.labels('queued'), duplicate: received.labels('duplicate') };
  return { received, accepted, refused: refusals, acceptSeconds };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
