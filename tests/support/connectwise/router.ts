import type { Call, Reply } from './call.ts';
import { ApiFault, endpointMissing } from './errors.ts';
import { requireRight, type Right, type RoleModule } from './roles.ts';
import type { World } from './world.ts';

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Relative to `/apis/3.0`; a `:name` segment matches digits only. */
  path: string;
  module: RoleModule | null;
  right: Right;
  /** What the body must be; JSON unless said. */
  body?: 'multipart';
  handle: (world: World, call: Call) => Reply;
};

type Compiled = { route: Route; segments: string[] };

/** The route of a request; 404 for an unknown path, 405 for a known one with another method. */
export function createRouter(routes: readonly Route[]) {
  const byLength = new Map<number, Compiled[]>();
  for (const route of routes) {
    const segments = route.path.slice(1).split('/');
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { route, segments }]);
  }
  return function find(method: string, path: string): { route: Route; params: Record<string, string> } {
    const given = path.slice(1).split('/');
    let isKnownPath = false;
    for (const { route, segments } of byLength.get(given.length) ?? []) {
      const params = match(segments, given);
      if (params === null) continue;
      if (route.method === method) return { route, params };
      isKnownPath = true;
    }
    if (!isKnownPath) throw endpointMissing();
    throw new ApiFault(405, { code: 'ConnectWiseApi', message: `The method ${method} is not allowed here.` });
  };
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (let at = 0; at < segments.length; at += 1) {
    const segment = segments[at] ?? '';
    const value = given[at] ?? '';
    if (segment.startsWith(':')) {
      if (!/^\d+$/.test(value)) return null;
      params[segment.slice(1)] = value;
    } else if (segment.toLowerCase() !== value.toLowerCase()) return null;
  }
  return params;
}

export function dispatch(world: World, route: Route, call: Call): Reply {
  if (route.module !== null) requireRight(world.faults.modes.role, route.module, route.right);
  return route.handle(world, call);
}
