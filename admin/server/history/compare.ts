import { z } from 'zod';
import { IdInput } from '../ids.ts';
import { notFound } from '../errors.ts';
import { defineVerb } from '../verb.ts';
import { differences } from './differences.ts';
import { getWebhook } from './get.ts';
import type { ComparisonView } from './schemas.ts';

/** Two webhooks side by side: what differs in their masked headers and bodies and in what planning made of them. */
export const compareWebhooks = defineVerb({
  name: 'webhook.compare',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput, other: z.string() }),
  run: async (context, { id, other }): Promise<ComparisonView> => {
    const parsed = IdInput.safeParse(other);
    if (!parsed.success) throw notFound('webhook');
    const [left, right] = await Promise.all([
      getWebhook.run(context, { id }),
      getWebhook.run(context, { id: parsed.data }),
    ]);
    const outcome = ({ status, action, ticketId, error, summary, message, configVersion }: typeof left) => ({
      ...{ status, action, ticketId, error, summary, message, configVersion },
    });
    const plans = ({ alerts }: typeof left) => alerts.map(({ plan }) => plan);
    return {
      left,
      right,
      differences: [
        ...differences('outcome', outcome(left), outcome(right)),
        ...differences('headers', left.headers, right.headers),
        ...differences('body', left.body, right.body),
        ...differences('plan', plans(left), plans(right)),
        ...differences('steps', left.steps, right.steps),
      ],
    };
  },
});
