import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { GATE_BELL_SIGNAL, GATE_PROBE_SIGNAL, GATE_WORKFLOW, type GateInput } from '../../workflows/contracts/gate.ts';
import { gateWorkflowId } from '../../workflows/contracts/ids.ts';
import { BELL_SIGNAL, INCIDENT_WORKFLOW, type IncidentInput } from '../../workflows/contracts/incident.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';
import { cutUnits } from '../../workflows/domain/json-text.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';

const ENDPOINT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.endpoint, SearchAttributeType.KEYWORD);
const COMPANY = defineSearchAttributeKey(SEARCH_ATTRIBUTES.company, SearchAttributeType.KEYWORD);
const PHASE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.phase, SearchAttributeType.KEYWORD);

/** Temporal refuses a keyword of more than 2 KiB. */
const LONGEST_KEYWORD = 255;

/** Stands beside the summary in the Temporal Web UI, whose first button is the one that cancels. */
const DETAILS =
  'One problem, from its first alert until its ticket is closed. The bell only says that something is new; the alerts themselves are in Postgres. Cancelling it settles what waits and leaves the ticket as it is; the next alert begins anew.';

/** What the bell of an incident needs to know; nothing of it decides anything. */
export interface IncidentBell {
  key: string;
  endpointId: string;
  /** Shown as the workflow's summary in the Temporal Web UI; cut to 200 characters. */
  summary: string;
  company: string | null;
}

/** Rings one incident: starts its workflow where none runs. Throws the client's errors; the caller bounds the time. */
export async function ringIncident(client: Client, bell: IncidentBell): Promise<void> {
  await client.workflow.signalWithStart(INCIDENT_WORKFLOW, {
    ...incidentStart(bell),
    signal: BELL_SIGNAL,
    signalArgs: [],
  });
}

/** How an incident's workflow is started where none runs, whoever rings or orders. */
export function incidentStart(bell: IncidentBell) {
  return {
    workflowId: bell.key,
    taskQueue: TASK_QUEUES.workflows,
    args: [{ key: bell.key } satisfies IncidentInput],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: [...bell.summary].slice(0, 99).join(''),
    staticDetails: DETAILS,
    typedSearchAttributes: [
      { key: ENDPOINT, value: bell.endpointId },
      { key: PHASE, value: 'opening' },
      ...(bell.company === null ? [] : [{ key: COMPANY, value: cutUnits(bell.company, LONGEST_KEYWORD) }]),
    ],
    priority: { fairnessKey: bell.endpointId },
  };
}

/** Rings the gate of a connection: it probes once more, or begins to; `now` ends the pause that it rests in. */
export async function ringGate(client: Client, connection: string, when: 'next' | 'now' = 'next'): Promise<void> {
  await client.workflow.signalWithStart(GATE_WORKFLOW, {
    workflowId: gateWorkflowId(connection),
    taskQueue: TASK_QUEUES.workflows,
    args: [{ connection } satisfies GateInput],
    signal: when === 'now' ? GATE_PROBE_SIGNAL : GATE_BELL_SIGNAL,
    signalArgs: [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `Gate of ${connection}`,
  });
}
