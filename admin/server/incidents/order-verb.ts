import { z } from 'zod';
import type { OrderKind } from '../../../workflows/contracts/incident.ts';
import { conflict } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { askIncident, type OrderWords } from './ask-incident.ts';
import { findIncident } from './find.ts';
import type { OrderOutcome } from './schemas.ts';
import { sendOrder } from './send-order.ts';

/**
 * A verb that asks the incident's workflow for `kind`. The order is committed first, then sent as an update that waits a few
 * seconds. `done` when it was carried out, `asked` when it will be; throws `conflict` with the reason when it was refused.
 */
export function orderVerb(kind: OrderKind, body: z.ZodType<OrderWords>) {
  return defineVerb({
    name: `incident.${kind}`,
    role: 'operator',
    ofCompany: true,
    input: z.object({ id: IdInput, body }),
    run: async (context, { id, body: words }): Promise<OrderOutcome> => {
      const { incident, orderId } = await changing(context, async (change) => {
        const incident = await findIncident(context, change.tx, id);
        return { incident, orderId: await askIncident(context, change, id, kind, words) };
      });
      const answer = await sendOrder(context, incident, kind, orderId);
      if (answer?.state === 'refused') throw conflict(answer.answer);
      return answer === null
        ? { orderId, state: 'asked', answer: null }
        : { orderId, state: 'done', answer: answer.answer };
    },
  });
}
