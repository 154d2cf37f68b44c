import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import { planWebhook, type PlanInput } from '../../workflows/domain/plan.ts';
import { compileEndpoint } from '../compile-endpoint.ts';
import { incidentDigest } from '../crypto/incident-digest.ts';
import { parseJson } from '../json.ts';
import { uptimeKumaRecipe } from '../recipes/uptime-kuma.ts';
import { wholeKumaBody } from './kuma-webhook.ts';
import { measured, median, type Measured } from './measured.ts';

const GOAL = { atLeast: 15_000 };
const BODIES = 500;
const ROUNDS = 5;
const ROUND_MS = 1_000;

/** An endpoint for Uptime Kuma as its recipe makes it, with a rule besides. */
const UPTIME_KUMA: EndpointConfig = {
  name: 'Uptime Kuma',
  description: '',
  enabled: true,
  draft: false,
  pinned: false,
  position: 0,
  ticketing: {
    enabled: true,
    triggerField: 'heartbeat.status',
    openValues: ['0'],
    closeValues: ['1'],
    otherValues: 'skip',
    splitPath: null,
    summaryPrefix: null,
    summaryRemove: [],
    descriptionTemplate: null,
    companyId: null,
    board: null,
    status: null,
    closeStatus: null,
    type: null,
    subtype: null,
    item: null,
    priority: null,
    severity: null,
    impact: null,
    mapping: {},
    ...uptimeKumaRecipe.endpoint.ticketing,
    routingRules: [{ path: '$.monitor.name', pattern: '-db-', overrides: { board: 'Database', priority: 'High' } }],
    tenantMap: true,
    closePolicy: 'always',
    noteVisibility: 'internal',
    noteIntervalSeconds: 30,
    closeDelaySeconds: 0,
    reopenWindowSeconds: 0,
  },
  analysis: { enabled: false, instructions: '' },
  heartbeat: { enabled: false, timeoutMinutes: 1440 },
  maintenance: [],
  verification: [],
  destinations: [],
};

/** Plans of 1.6 kB bodies of Uptime Kuma per second of processor time, one core: parsed before, and with reading the bytes. */
export function measurePlans(): Measured[] {
  const bytes = Array.from({ length: BODIES }, (_, n) =>
    Buffer.from(wholeKumaBody(`web-${n}-db-${n % 7}`, `connect ECONNREFUSED 10.0.0.${n % 250}:443`)),
  );
  const bodies = bytes.map(bodyOf);
  const plan = planner();
  const atRest = rounds((n) => plan(bodies[n % BODIES] ?? null));
  const fromBytes = rounds((n) => plan(bodyOf(bytes[n % BODIES] ?? Buffer.from('null'))));
  return [
    measured(
      'plans of Uptime Kuma, one core',
      atRest,
      '/s',
      GOAL,
      'bodies of 1.6 kB, the recipe as it is and one rule',
    ),
    measured('the same, the bytes read too', fromBytes, '/s', GOAL),
  ];
}

function planner(): (body: Json) => void {
  const given: Omit<PlanInput, 'body'> = {
    requestId: '0198c0de-0000-7000-8000-000000000001',
    receivedAt: '2026-03-02T12:00:00.000Z',
    endpoint: { id: '11111111-1111-4111-8111-111111111111', version: 1, compiled: compileEndpoint(UPTIME_KUMA) },
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    maintenance: { globalMode: false, globalPolicy: 'skip', windows: [] },
    tenants: [],
    digest: incidentDigest,
  };
  return (body) => {
    const { alerts, warnings } = planWebhook({ ...given, body });
    if (alerts[0]?.kind !== 'open' || warnings.length > 0) throw new Error('The plan is not that of an open alert.');
  };
}

function bodyOf(bytes: Buffer): Json {
  const parsed = parseJson(bytes);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** The median of several rounds after one that warms up, by processor time: a busy machine does not change it. */
function rounds(work: (n: number) => void): number {
  const perSecond = Array.from({ length: ROUNDS + 1 }, () => round(work)).slice(1);
  return median(perSecond);
}

function round(work: (n: number) => void): number {
  const before = process.cpuUsage();
  let done = 0;
  let spentMs = 0;
  while (spentMs < ROUND_MS) {
    for (const end = done + 100; done < end; done += 1) work(done);
    const { user, system } = process.cpuUsage(before);
    spentMs = (user + system) / 1_000;
  }
  return done / (spentMs / 1_000);
}
