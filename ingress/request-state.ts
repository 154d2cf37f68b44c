import type { ParameterizedContext, Middleware } from 'koa';
import type { LoadedEndpoint } from './endpoint.ts';

/** What the middleware of one request hand to each other through `ctx.state`. */
export interface RequestState {
  requestId: string;
  /** Monotonic milliseconds at which the request was first seen. */
  startedAt: number;
  clientIp: string;
  /** Set once the key is known to name an endpoint that is not deleted. */
  endpoint?: LoadedEndpoint;
  /** The body as sent; empty when it was over the limit. */
  rawBody?: Buffer;
  isBodyTooLarge?: boolean;
  /** Set once the webhook is safe. */
  outcome?: 'queued' | 'duplicate';
}

export type IngressContext = ParameterizedContext<RequestState>;
export type IngressMiddleware = Middleware<RequestState>;

/** The key in the path of a webhook's address; empty where there is none. */
export function endpointKey(ctx: IngressContext): string {
  return (ctx['params'] as { key?: string } | undefined)?.key ?? '';
}
