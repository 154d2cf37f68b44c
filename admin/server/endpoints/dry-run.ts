import { z } from 'zod';
import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import { planWith } from '../../../infra/plan-with.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { Plan } from '../../../workflows/contracts/plan.ts';
import { effectsOf } from '../../../workflows/domain/alert-effect.ts';
import { printJson } from '../../../workflows/domain/json-text.ts';
import { beginTrace } from '../../../workflows/domain/plan-trace.ts';
import { maskHeaders, maskJson } from '../../../workflows/domain/redaction.ts';
import { withPlainNumbers } from '../exact-json.ts';
import { asValue } from '../history/masked-body.ts';
import { IdInput } from '../ids.ts';
import { ticketLink } from '../tickets/ticket-link.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { sentDraft } from './draft-config.ts';
import { DryRunInput, type DryRunView } from './dry-run-schemas.ts';
import { dryWebhook } from './dry-run-webhook.ts';
import { findEndpoint } from './find.ts';
import { planningGround } from './planning.ts';
import { readStands } from './read-stands.ts';

/**
 * The plan of a body, or of a recorded webhook, as live traffic would get it now, step by step, with a draft configuration if
 * one is sent; and what would be done to which ticket. Writes nothing. Throws `invalid` with places under `body` or `config`.
 */
export const dryRunEndpoint = defineVerb({
  name: 'endpoint.dry-run',
  role: 'operator',
  input: z.object({ id: IdInput, body: DryRunInput }),
  run: async (context, { id, body: sent }): Promise<DryRunView> => {
    const row = await findEndpoint(context.pool, id);
    const isDraft = sent.config !== undefined && sent.config !== null;
    const config = sentDraft(context, row, withPlainNumbers(sent.config));
    const webhook = await dryWebhook(context, id, sent);
    const ground = await planningGround(context, context.pool);
    const trace = beginTrace();
    const endpoint = { id, version: row.version, compiled: compileEndpoint(config) };
    const plan = planWith(ground, endpoint, webhook, trace);
    const { secretWords } = ground.globals;
    return {
      requestId: webhook.requestId,
      receivedAt: webhook.receivedAt,
      configVersion: row.version,
      isDraft,
      failure: plan.failure,
      steps: plan.steps,
      warnings: plan.warnings,
      effects: await effects(context, { id, config }, plan, webhook.receivedAt),
      alerts: plan.alerts.map((alert) => ({ ...alert })),
      trace: {
        split: trace.split && { ...trace.split },
        windows: trace.windows.map((window) => ({ ...window })),
        masked: trace.masked,
        alerts: trace.alerts.map((alert) => ({ ...alert })),
      },
      headers: webhook.headers && maskHeaders(webhook.headers, secretWords),
      body: asValue(printJson(maskJson(webhook.body, secretWords))),
    };
  },
});

async function effects(
  context: VerbContext,
  { id, config }: { id: string; config: EndpointConfig },
  plan: Plan,
  receivedAt: string,
): Promise<DryRunView['effects']> {
  const { stands, routes } = await readStands(context.pool, id, plan);
  const found = effectsOf(plan, { endpointId: id, ticketing: config.ticketing, receivedAt, stands, routes });
  return found.map((effect) => {
    const incident = effect.incidentKey === null ? undefined : stands.get(effect.incidentKey);
    const { ticketId } = effect;
    const ticketUrl =
      incident === undefined || ticketId === null
        ? null
        : ticketLink(context, incident.connection, ticketId, incident.ticketUrl);
    return { ...effect, ticketUrl };
  });
}
