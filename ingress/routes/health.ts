import type { IngressContext, IngressMiddleware } from '../request-state.ts';

export type ServiceState = 'up' | 'warning' | 'down';

/** How the parts are that this process can ask. */
export interface ServicesReport {
  status: ServiceState;
  database: ServiceState;
  dispatcher: ServiceState | 'none';
  temporal: ServiceState;
  worker: ServiceState;
  ticketSystem: { name: string; state: ServiceState; reason: string | null };
}

export interface HealthChecks {
  isDatabaseUp(): Promise<boolean>;
  /** null where this process does not dispatch. */
  isDispatcherAlive(): boolean | null;
  services(): Promise<ServicesReport>;
}

/** The process runs and answers: nothing else is asked. */
export const liveRoute: IngressMiddleware = function liveRoute(ctx) {
  answer(ctx, 200, { status: 'ok' });
};

/** Whether webhooks can be accepted and planned. Temporal has no say: without it both go on. */
export function createReadyRoute(checks: HealthChecks): IngressMiddleware {
  const isDatabaseUp = joined(checks.isDatabaseUp);
  return async function readyRoute(ctx) {
    const database = await isDatabaseUp();
    const dispatcher = checks.isDispatcherAlive();
    const isReady = database && dispatcher !== false;
    const parts = {
      database: database ? 'up' : 'down',
      ...(dispatcher === null ? {} : { dispatcher: dispatcher ? 'up' : 'down' }),
    };
    answer(ctx, isReady ? 200 : 503, { status: isReady ? 'ok' : 'unavailable', ...parts });
  };
}

/** Every part with its state; 503 only where webhooks cannot be accepted. */
export function createServicesRoute(checks: HealthChecks): IngressMiddleware {
  const services = joined(checks.services);
  return async function servicesRoute(ctx) {
    const report = await services();
    answer(ctx, report.database === 'up' ? 200 : 503, report);
  };
}

function answer(ctx: IngressContext, status: number, body: object): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json; charset=utf-8');
  ctx.body = JSON.stringify(body);
}

/** Those who ask while an answer is under way share it. */
function joined<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= ask().finally(() => (underWay = null));
    return underWay;
  };
}
