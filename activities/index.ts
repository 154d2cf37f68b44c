import { createAnalysisActivities } from './analysis/analysis.activities.ts';
import { createBulkReplayActivities } from './bulk-replay/bulk-replay.activities.ts';
import { createCatalogActivities } from './catalog/catalog.activities.ts';
import type { ActivityDeps } from './deps.ts';
import { createGateActivities } from './gates/gate.activities.ts';
import { createAgreementCheckActivities } from './upkeep/agreement-check.activities.ts';
import { createEndpointCheckActivities } from './upkeep/endpoint-check.activities.ts';
import { createHeartbeatActivities } from './heartbeats/heartbeat.activities.ts';
import { createReconcileActivities } from './heartbeats/reconcile.activities.ts';
import { createPsaWatchActivities } from './psa-callbacks/psa-watch.activities.ts';
import { createUpkeepActivities } from './upkeep/upkeep.activities.ts';
import { createTicketActivities } from './tickets/ticket.activities.ts';

/** Every activity of the worker, by task queue. */
export function createActivities(deps: ActivityDeps) {
  const { takeAlerts, ...tickets } = createTicketActivities(deps);
  return {
    workflows: { takeAlerts, ...createHeartbeatActivities(deps) },
    tickets,
    analysis: createAnalysisActivities(deps),
    upkeep: {
      ...createGateActivities(deps),
      ...createUpkeepActivities(deps),
      ...createBulkReplayActivities(deps),
      ...createCatalogActivities(deps),
      ...createEndpointCheckActivities(deps),
      ...createAgreementCheckActivities(deps),
      ...createReconcileActivities(deps),
      ...createPsaWatchActivities(deps),
    },
  };
}
