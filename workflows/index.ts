export { modelCheckWorkflow } from './analysis/model-check.workflow.ts';
export { gateWorkflow } from './gate/gate.workflow.ts';
export { heartbeatReconcileWorkflow } from './heartbeat/heartbeat-reconcile.workflow.ts';
export { heartbeatWorkflow } from './heartbeat/heartbeat.workflow.ts';
export { incidentWorkflow } from './incident/incident.workflow.ts';
export { catalogWorkflow } from './upkeep/catalog.workflow.ts';
export { endpointCheckWorkflow } from './upkeep/endpoint-check.workflow.ts';
export { upkeepWorkflow } from './upkeep/upkeep.workflow.ts';
