import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import {
  INCIDENT_WORKFLOW,
  ORDER_UPDATES,
  type OrderAnswer,
  type OrderInput,
  type OrderKind,
} from '../../workflows/contracts/incident.ts';
import { incidentStart, type IncidentBell } from './ring.ts';

/**
 * Tells an incident's workflow of an order that is kept already, starting it where none runs, and waits for the answer until
 * `deadline`. Sending the same order twice is one order. Throws the client's errors; none of them says that the order is lost.
 */
export function orderIncident(
  client: Client,
  bell: IncidentBell,
  kind: OrderKind,
  orderId: string,
  deadline: Date,
): Promise<OrderAnswer> {
  return client.withDeadline(deadline, () =>
    client.workflow.executeUpdateWithStart<(...args: unknown[]) => Promise<unknown>, OrderAnswer, [OrderInput]>(
      ORDER_UPDATES[kind],
      {
        updateId: orderId,
        args: [{ orderId }],
        startWorkflowOperation: new WithStartWorkflowOperation(INCIDENT_WORKFLOW, incidentStart(bell)),
      },
    ),
  );
}
