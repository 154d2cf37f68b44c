export { gateWorkflow } from './gate/gate.workflow.ts';
export { incidentWorkflow } from './incident/incident.workflow.ts';
