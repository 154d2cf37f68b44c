export { gateWorkflow } from './gate/gate.workflow.ts';
export { incidentWorkflow } from './incident/incident.workflow.ts';
export { upkeepWorkflow } from './upkeep/upkeep.workflow.ts';
