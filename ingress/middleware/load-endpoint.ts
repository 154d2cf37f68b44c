import type { EndpointCache } from '../endpoint-cache.ts';
import { refused } from '../refusal.ts';
import { endpointKey, type IngressMiddleware } from '../request-state.ts';

/** Finds the endpoint that the key in the path names. Unknown and deleted are the same to the caller. */
export function createLoadEndpoint(cache: EndpointCache): IngressMiddleware {
  return async function loadEndpoint(ctx, next) {
    const endpoint = await cache.find(endpointKey(ctx));
    if (endpoint === null) throw refused('endpoint-not-found');
    ctx.state.endpoint = endpoint;
    return next();
  };
}
