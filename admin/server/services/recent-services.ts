import type { VerbContext } from '../verb.ts';
import { checkServices, type ServicesView } from './check-services.ts';

const FRESH_MS = 4_000;

interface Kept {
  at: number;
  services: Promise<ServicesView>;
}

const KEPT = Symbol.for('hookwise.admin.recent-services');
type Holder = typeof globalThis & { [KEPT]?: Kept };

/** How the services were a moment ago, so that pages looked at by many do not each ask Temporal. */
export function recentServices(context: VerbContext): Promise<ServicesView> {
  const holder = globalThis as Holder;
  const kept = holder[KEPT];
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.services;
  const services = checkServices.run(context, {});
  holder[KEPT] = { at: Date.now(), services };
  return services;
}
