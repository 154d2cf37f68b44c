import type { PlannedAlert } from '../../workflows/contracts/plan.ts';
import { foundText } from '../../workflows/domain/found-text.ts';
import { planWebhook } from '../../workflows/domain/plan.ts';
import { searchText } from '../../workflows/domain/search-text.ts';
import { compileEndpoint } from '../compile-endpoint.ts';
import { incidentDigest } from '../crypto/incident-digest.ts';
import { parseJson } from '../json.ts';
import { uptimeKumaBody } from '../recipes/uptime-kuma.ts';
import { seedEndpoint } from './endpoint-config.ts';

/** A body that monitors send, with what planning makes of it. `monitor` is its incident's place within an endpoint. */
export interface Sample {
  monitor: number;
  body: string;
  search: string;
  plan: string;
  alert: PlannedAlert;
}

const PLACES = ['vienna', 'graz', 'linz', 'salzburg', 'innsbruck', 'bregenz', 'klagenfurt'] as const;
const KINDS = ['web', 'mail', 'db', 'vpn', 'backup', 'dns', 'files', 'shop'] as const;
const FAULTS = [
  'connect ECONNREFUSED 10.0.0.17:443',
  'timeout of 48000ms exceeded',
  'Request failed with status code 503',
  'certificate has expired',
  'getaddrinfo ENOTFOUND',
] as const;

/** For each of so many monitors: down in each way, up, and pending, which makes no ticket; as an endpoint of this place plans them. */
export function makeSamples(monitors: number, now: Date, position: number): Sample[] {
  const compiled = compileEndpoint(seedEndpoint('Uptime Kuma', position));
  return Array.from({ length: monitors }, (_, monitor) => {
    const name = `${pick(KINDS, monitor)}-${pick(PLACES, monitor)}-${String(monitor + 1).padStart(2, '0')}`;
    const sent = (status: 0 | 1, message: string) => uptimeKumaBody({ monitor: name, status, at: now, message });
    const pending = sent(0, 'waiting for the next try');
    const bodies = [
      ...FAULTS.map((fault) => sent(0, fault)),
      sent(1, '200 - OK'),
      { ...pending, heartbeat: { ...pending.heartbeat, status: 2 } },
    ];
    return bodies.map((body) => sampleOf(compiled, monitor, JSON.stringify(body), now));
  }).flat();
}

function sampleOf(compiled: ReturnType<typeof compileEndpoint>, monitor: number, body: string, now: Date): Sample {
  const parsed = parseJson(Buffer.from(body));
  if (!parsed.ok) throw new Error(parsed.message);
  const plan = planWebhook({
    body: parsed.value,
    requestId: '00000000-0000-7000-8000-000000000000',
    receivedAt: now.toISOString(),
    endpoint: { id: '00000000-0000-7000-8000-000000000000', version: 1, compiled },
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    maintenance: { globalMode: false, globalPolicy: 'skip', windows: [] },
    tenants: [],
    digest: incidentDigest,
  });
  const [alert] = plan.alerts;
  if (!alert) throw new Error(`A sample cannot be planned: ${plan.failure}`);
  return { monitor, body, search: foundText(searchText(parsed.value), plan), plan: JSON.stringify(plan), alert };
}

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}
