import { ringIncident } from '../../infra/temporal/ring.ts';
import type { TicketSettings } from '../../activities/deps.ts';
import { eventually } from '../support/eventually.ts';
import { anIncident, type IncidentBench } from '../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

export type Started = IncidentBench & { id: string };

/** The console's verbs over a Temporal server of one's own, and incidents that workers live. */
export interface IncidentWorld {
  world: AdminWorld;
  temporal: OwnTemporal;
  ring(incident: IncidentBench): Promise<void>;
  work(incident: IncidentBench): Promise<void>;
  stopWork(): Promise<void>;
  /** Workers run over it; nothing has happened yet. */
  started(settings?: Partial<TicketSettings>): Promise<Started>;
  anOpenIncident(): Promise<Started>;
  close(): Promise<void>;
}

export async function anIncidentWorld(): Promise<IncidentWorld> {
  quietRuntime();
  const temporal = await ownTemporal();
  const world = await anAdminWorld({ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace });
  let stop: (() => Promise<void>) | null = null;
  const own: IncidentWorld = {
    world,
    temporal,
    ring: (incident) =>
      ringIncident(temporal.client, {
        key: incident.key,
        endpointId: incident.key.split(':')[1] ?? '',
        summary: 'Alert: Server',
        company: null,
      }),
    async work(incident) {
      stop = (await runWorkers(temporal.native, temporal.namespace, incident.deps)).stop;
    },
    async stopWork() {
      await stop?.();
      stop = null;
    },
    async started(settings = {}) {
      const incident = await anIncident(world.context.pool, { noteIntervalSeconds: 0 });
      incident.nowMs = Date.now();
      Object.assign(incident.deps.settings, settings);
      await own.work(incident);
      return Object.assign(incident, { id: String((await incident.row())['id']) });
    },
    async anOpenIncident() {
      const incident = await own.started();
      await incident.alert('open', 'down');
      await own.ring(incident);
      await eventually(() => incident.tickets.all.length === 1);
      return incident;
    },
    async close() {
      await own.stopWork();
      await world.close();
      await temporal.stop();
    },
  };
  return own;
}
