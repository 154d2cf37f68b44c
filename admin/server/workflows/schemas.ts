import { z } from 'zod';
import { AGREEMENT_CHECK_WORKFLOW } from '../../../workflows/contracts/agreement-check.ts';
import { BULK_REPLAY_WORKFLOW } from '../../../workflows/contracts/bulk-replay.ts';
import { CATALOG_WORKFLOW } from '../../../workflows/contracts/catalog.ts';
import { ENDPOINT_CHECK_WORKFLOW } from '../../../workflows/contracts/endpoint-check.ts';
import { GATE_WORKFLOW } from '../../../workflows/contracts/gate.ts';
import { HEARTBEAT_RECONCILE_WORKFLOW, HEARTBEAT_WORKFLOW } from '../../../workflows/contracts/heartbeat.ts';
import { INCIDENT_WORKFLOW } from '../../../workflows/contracts/incident.ts';
import { MODEL_CHECK_WORKFLOW } from '../../../workflows/contracts/model-check.ts';
import { PSA_CALLBACK_WORKFLOW, PSA_SWEEP_WORKFLOW } from '../../../workflows/contracts/psa-watch.ts';
import { UPKEEP_WORKFLOW } from '../../../workflows/contracts/upkeep.ts';
import { PHASES } from '../incidents/schemas.ts';

/** The kinds of workflows in the words of the console, with the names that Temporal knows. */
export const WORKFLOW_TYPES = {
  incident: INCIDENT_WORKFLOW,
  heartbeat: HEARTBEAT_WORKFLOW,
  gate: GATE_WORKFLOW,
  'bulk-replay': BULK_REPLAY_WORKFLOW,
  upkeep: UPKEEP_WORKFLOW,
  catalog: CATALOG_WORKFLOW,
  'endpoint-check': ENDPOINT_CHECK_WORKFLOW,
  'agreement-check': AGREEMENT_CHECK_WORKFLOW,
  'heartbeat-reconcile': HEARTBEAT_RECONCILE_WORKFLOW,
  'psa-callback': PSA_CALLBACK_WORKFLOW,
  'psa-sweep': PSA_SWEEP_WORKFLOW,
  'model-check': MODEL_CHECK_WORKFLOW,
} as const;
export type WorkflowType = keyof typeof WORKFLOW_TYPES;
const TYPES = Object.keys(WORKFLOW_TYPES) as [WorkflowType, ...WorkflowType[]];

/** Statuses with Temporal's name for each; their order is that of Temporal's numbers, from 1. */
export const WORKFLOW_STATUSES = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Canceled',
  terminated: 'Terminated',
  continued: 'ContinuedAsNew',
  'timed-out': 'TimedOut',
} as const;
export type WorkflowStatus = keyof typeof WORKFLOW_STATUSES;
const STATUSES = Object.keys(WORKFLOW_STATUSES) as [WorkflowStatus, ...WorkflowStatus[]];

export const FAILING = ['tasks', 'activities'] as const;

export const WorkflowQuery = z.strictObject({
  type: z.enum(TYPES, `must be one of ${TYPES.join(', ')}`).optional(),
  status: z.enum(STATUSES, `must be one of ${STATUSES.join(', ')}`).optional(),
  phase: z
    .enum(PHASES, `must be one of ${PHASES.join(', ')}`)
    .optional()
    .meta({
      description: 'Of incidents, as last told to Temporal: open, blocked, closed or abandoned; else opening.',
    }),
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  failing: z.enum(FAILING, 'must be tasks or activities').optional().meta({
    description:
      'Running ones only. tasks: whose own code fails, of the whole list. activities: those of the page that try an activity again; a page may then be short or empty and yet have a next one.',
  }),
  cursor: z.string().max(8_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type WorkflowQuery = z.output<typeof WorkflowQuery>;

export const WorkflowView = z
  .object({
    workflowId: z.string(),
    runId: z.string(),
    type: z.enum(TYPES).nullable().meta({ description: 'null for one that is not of HookWise.' }),
    typeName: z.string().meta({ description: 'As Temporal names it.' }),
    status: z.enum(STATUSES).nullable(),
    startedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    historyLength: z.int().meta({ description: 'Events; the list knows it of what is over, and is 0 for what runs.' }),
    phase: z.string().nullable(),
    ticketId: z.string().nullable(),
    problems: z.array(z.string()).meta({ description: 'What Temporal reports of its workflow tasks.' }),
    failing: z
      .array(z.object({ activity: z.string(), attempt: z.int(), failure: z.string().nullable() }))
      .meta({ description: 'Activities that are tried again; told only where failing=activities was asked.' }),
    incidentId: z.uuid().nullable(),
    endpointId: z.uuid().nullable(),
    endpointName: z.string().nullable(),
    title: z.string().nullable().meta({ description: 'Summary of the incident, or name of the endpoint.' }),
    url: z.string().meta({ description: 'Its page in the Temporal Web UI.' }),
  })
  .meta({ id: 'Workflow' });
export type WorkflowView = z.output<typeof WorkflowView>;

export const WorkflowPage = z
  .object({
    items: z.array(WorkflowView),
    nextCursor: z.string().nullable(),
    count: z.int().meta({ description: 'How many Temporal finds in all.' }),
    looked: z.int().meta({ description: 'How many were looked at for this page.' }),
  })
  .meta({ id: 'WorkflowPage' });
export type WorkflowPage = z.output<typeof WorkflowPage>;

const Example = z.object({ workflowId: z.string(), incidentId: z.uuid().nullable(), title: z.string().nullable() });
export const AgreementView = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['incident', 'heartbeat', 'gate']),
        wanted: z.int().meta({ description: 'Workflows that should run, by what Postgres says.' }),
        running: z.int().meta({ description: 'Workflows that run, by what Temporal lists.' }),
        missing: z.int(),
        stray: z.int(),
        missingExamples: z.array(Example),
        strayExamples: z.array(Example),
        checkedAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'WorkflowAgreement' });
export type AgreementView = z.output<typeof AgreementView>;
