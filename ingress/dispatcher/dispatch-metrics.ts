import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ShardResult } from './plan-shard.ts';
import type { AlertRow } from '../../infra/database/write-alerts.ts';

export type PlannedStatus = 'dispatched' | 'held' | 'skipped' | 'failed';

export interface DispatchMetrics {
  registry: Registry;
  webhooks: Counter<'config_id' | 'status'>;
  alerts: Counter<'kind' | 'state'>;
  lag: Histogram;
  planSeconds: Histogram;
  inboxDepth: Gauge;
  inboxAge: Gauge;
  bells: Counter<'result'>;
  temporalUp: Gauge;
  /** Told by `waiting` at every scrape. */
  bellsWaiting(waiting: () => number): void;
}

/** The series of one dispatcher, in a registry of their own: they are joined to the process's at a scrape. */
export function createDispatchMetrics(): DispatchMetrics {
  const registry = new Registry();
  const registers = [registry];
  const bells = new Counter({
    name: 'hookwise_bells_total',
    help: 'Rings of incidents by how Temporal took them.',
    labelNames: ['result'],
    registers,
  });
  for (const result of ['sent', 'failed', 'refused']) bells.inc({ result }, 0);
  return {
    registry,
    webhooks: new Counter({
      name: 'hookwise_webhooks_total',
      help: 'Planned webhooks by endpoint (config_id is its id) and what planning made of them.',
      labelNames: ['config_id', 'status'],
      registers,
    }),
    alerts: new Counter({
      name: 'hookwise_alerts_total',
      help: 'Planned alerts by kind and first state.',
      labelNames: ['kind', 'state'],
      registers,
    }),
    lag: new Histogram({
      name: 'hookwise_dispatch_lag_seconds',
      help: 'Time from the receipt of a webhook to the commit of its plan.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300],
      registers,
    }),
    planSeconds: new Histogram({
      name: 'hookwise_plan_batch_seconds',
      help: 'Time of one planning transaction.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    inboxDepth: new Gauge({
      name: 'hookwise_inbox_depth',
      help: 'Received webhooks that are not planned yet.',
      registers,
    }),
    inboxAge: new Gauge({
      name: 'hookwise_inbox_age_seconds',
      help: 'Age of the oldest webhook that is not planned yet.',
      registers,
    }),
    bells,
    temporalUp: new Gauge({ name: 'hookwise_temporal_up', help: 'Whether the last ring reached Temporal.', registers }),
    bellsWaiting(waiting) {
      new Gauge({
        name: 'hookwise_bells_waiting',
        help: 'Bells of this process that are not rung yet.',
        registers,
        collect() {
          this.set(waiting());
        },
      });
    },
  };
}

/** Counts what one transaction planned. */
export function recordBatch(
  metrics: DispatchMetrics,
  batch: Pick<ShardResult, 'planned' | 'alerts'>,
  seconds: number,
): void {
  metrics.planSeconds.observe(seconds);
  const now = Date.now();
  const states = new Map<string, Set<AlertRow['state']>>();
  for (const { webhookId, kind, state } of batch.alerts) {
    metrics.alerts.inc({ kind, state });
    const known = states.get(webhookId);
    if (known) known.add(state);
    else states.set(webhookId, new Set([state]));
  }
  for (const { row, plan } of batch.planned) {
    metrics.lag.observe(Math.max(0, now - row.receivedAt.getTime()) / 1000);
    metrics.webhooks.inc({
      config_id: row.endpointId,
      status: plan.failure === null ? statusOf(states.get(row.id)) : 'failed',
    });
  }
}

function statusOf(states: ReadonlySet<AlertRow['state']> | undefined): PlannedStatus {
  if (states?.has('failed')) return 'failed';
  if (states?.has('open')) return 'dispatched';
  return states?.has('held') ? 'held' : 'skipped';
}
