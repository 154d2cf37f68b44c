import Router from '@koa/router';
import Koa from 'koa';
import type { Registry } from 'prom-client';
import type { ClientAddresses } from '../infra/http/client-address.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { CALLBACK_PATH } from '../workflows/contracts/psa-watch.ts';
import type { VerifiedWebhook } from './accept/accept-webhook.ts';
import type { InboxOutcome } from './accept/outcome.ts';
import type { RefusalLog } from './accept/refusal-log.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import type { BodyBudget } from './body-budget.ts';
import type { EndpointCache } from './endpoint-cache.ts';
import type { IngressMetrics } from './ingress-metrics.ts';
import { createAccessLog } from './middleware/access-log.ts';
import { createCors } from './middleware/cors.ts';
import { createErrorBoundary } from './middleware/error-boundary.ts';
import { createForceHttps } from './middleware/force-https.ts';
import { createKeepRefusals } from './middleware/keep-refusals.ts';
import { createLoadEndpoint } from './middleware/load-endpoint.ts';
import { createRawBody } from './middleware/raw-body.ts';
import { createRequestId } from './middleware/request-id.ts';
import { createRequestMetrics } from './middleware/request-metrics.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { createVerify } from './middleware/verify.ts';
import { inOrder } from './in-order.ts';
import { refused } from './refusal.ts';
import type { IngressMiddleware, RequestState } from './request-state.ts';
import { createReadyRoute, createServicesRoute, liveRoute, type HealthChecks } from './routes/health.ts';
import { createMethodNotAllowed, createOnlyPost } from './routes/method-not-allowed.ts';
import { createMetricsRoute } from './routes/metrics.ts';
import { createWebhookRoute } from './routes/webhook.ts';

export interface AppDeps {
  log: Logger;
  clients: ClientAddresses;
  registry: Registry;
  dispatcherMetrics: () => Promise<string>;
  health: HealthChecks;
  /** null in a process that only dispatches: it has no webhook paths. */
  webhooks: WebhookDeps | null;
}

export interface WebhookDeps {
  metrics: IngressMetrics;
  endpoints: EndpointCache;
  bodies: BodyBudget;
  attempts: AttemptLimit;
  refusals: RefusalLog;
  acceptWebhook: (webhook: VerifiedWebhook) => Promise<InboxOutcome>;
  /** Takes the calls of the ticket system; null where it makes none. */
  psaCallbacks: IngressMiddleware | null;
  settings: { bodyLimitBytes: number; corsOrigins: readonly string[]; forceHttps: boolean; publicUrl: string };
}

const WEBHOOK_PATHS = ['/webhook/:key', '/w/:key'];
const PROBE_PATHS = ['/health/live', '/health/ready', '/health/services', '/metrics'];

/** The whole ingress in reading order. Health and metrics are asked from inside, so https is not forced on them. */
export function createApp(deps: AppDeps): Koa<RequestState> {
  const app = new Koa<RequestState>();
  app.use(createErrorBoundary(deps.log));
  app.use(createRequestId(deps.clients));
  app.use(createAccessLog(deps.log));
  app.use(securityHeaders);
  if (deps.webhooks) app.use(webhookRouter(deps.webhooks, deps.clients).routes());
  if (deps.webhooks?.psaCallbacks) app.use(callbackRouter(deps.webhooks.psaCallbacks).routes());
  app.use(probeRouter(deps).routes());
  app.use(notFound);
  app.on('error', (error) => deps.log.warn({ err: error }, 'An answer could not be sent'));
  return app;
}

function probeRouter(deps: AppDeps): Router<RequestState> {
  return new Router<RequestState>()
    .get('/health/live', liveRoute)
    .get('/health/ready', createReadyRoute(deps.health))
    .get('/health/services', createServicesRoute(deps.health))
    .get('/metrics', createMetricsRoute(deps.registry, deps.dispatcherMetrics))
    .all(PROBE_PATHS, createMethodNotAllowed('GET, HEAD'));
}

/** ConnectWise follows no redirect, so https is not forced here: it calls the address that it was told. */
function callbackRouter(psaCallbacks: IngressMiddleware): Router<RequestState> {
  return new Router<RequestState>().all(CALLBACK_PATH, psaCallbacks);
}

function webhookRouter({ settings, ...deps }: WebhookDeps, clients: ClientAddresses): Router<RequestState> {
  return new Router<RequestState>().all(
    WEBHOOK_PATHS,
    inOrder([
      ...(settings.forceHttps ? [createForceHttps(clients, settings.publicUrl)] : []),
      createRequestMetrics(deps.metrics),
      createCors(settings.corsOrigins),
      createOnlyPost('POST, OPTIONS'),
      createLoadEndpoint(deps.endpoints),
      createKeepRefusals(deps.refusals),
      createRawBody(settings.bodyLimitBytes, deps.bodies),
      createVerify(deps.attempts, deps.endpoints),
      createWebhookRoute(deps.acceptWebhook),
    ]),
  );
}

const notFound: IngressMiddleware = function notFound() {
  throw refused('not-found');
};
