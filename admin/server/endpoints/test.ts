import { z } from 'zod';
import { uptimeKumaBody } from '../../../infra/recipes/uptime-kuma.ts';
import { conflict } from '../errors.ts';
import { queueWebhook } from '../history/queue-webhook.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';

export const TestInput = z.strictObject({
  status: z
    .union([z.literal(0), z.literal(1)], 'must be 0 (down) or 1 (up)')
    .default(0)
    .meta({ description: '0: the monitor went down; 1: it came back.' }),
});

/** Queues what Uptime Kuma would send for a test monitor: a real ticket comes of it. A disabled endpoint is refused. */
export const testEndpoint = defineVerb({
  name: 'endpoint.test',
  role: 'operator',
  input: z.object({ id: IdInput, body: TestInput }),
  run: (context, { id, body: { status } }): Promise<{ request_id: string }> =>
    changing(context, async (change) => {
      const { config } = await findEndpoint(change.tx, id);
      if (!config.enabled) throw conflict('The endpoint is disabled: a test of it makes no ticket. Enable it first.');
      const message = status === 0 ? 'connect ECONNREFUSED (a test from HookWise)' : '200 - OK (a test from HookWise)';
      const raw = Buffer.from(
        JSON.stringify(uptimeKumaBody({ monitor: `Test Monitor for ${config.name}`, status, at: new Date(), message })),
      );
      await change.audit({ action: 'test', entity: 'endpoint', entityId: id, after: { status } });
      const headers = JSON.stringify({ 'content-type': 'application/json', 'user-agent': 'HookWise test' });
      return {
        request_id: await queueWebhook(context, change, {
          endpointId: id,
          raw,
          headers,
          sourceIp: context.actor.sourceIp ?? 'console',
          origin: 'test',
        }),
      };
    }),
});
