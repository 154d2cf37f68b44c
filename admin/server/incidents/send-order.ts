import type { OrderAnswer, OrderKind } from '../../../workflows/contracts/incident.ts';
import type { AdminContext } from '../context.ts';
import type { IncidentRow } from './present.ts';

const PATIENCE_MS = 8_000;

/** Sends a kept order to its workflow. null when no answer came in time: the order stays asked, and the bell brings it. */
export async function sendOrder(
  context: AdminContext,
  incident: IncidentRow,
  kind: OrderKind,
  orderId: string,
): Promise<OrderAnswer | null> {
  const bell = {
    key: incident.key,
    endpointId: incident.endpoint_id,
    summary: incident.summary,
    company: incident.company,
  };
  try {
    const { orderIncident } = await import('../../../infra/temporal/order-incident.ts');
    const asked = orderIncident(await context.temporal(), bell, kind, orderId, new Date(Date.now() + PATIENCE_MS));
    const answer = await Promise.race([asked, tooLong(asked)]);
    return answer.state === 'asked' ? null : answer;
  } catch (error) {
    context.logger.warn(
      { err: error, incident: incident.key, kind, orderId },
      'The incident did not answer an order in time; its bell will bring it',
    );
    return readAnswer(context, orderId);
  }
}

async function tooLong(asked: Promise<OrderAnswer>): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('No answer in time.')), PATIENCE_MS + 500);
  void asked.catch(() => undefined).finally(() => clearTimeout(timer));
  return promise;
}

async function readAnswer(context: AdminContext, orderId: string): Promise<OrderAnswer | null> {
  const found = await context.pool.query<OrderAnswer>(
    `select id as "orderId", state, coalesce(answer, '') as answer from incident_order where id = $1 and state <> 'asked'`,
    [orderId],
  );
  return found.rows[0] ?? null;
}
