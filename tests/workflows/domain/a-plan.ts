import { createHash } from 'node:crypto';
import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import { parseJsonText } from '../../../infra/json.ts';
import type { EndpointConfig, TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { Plan, PlannedAlert } from '../../../workflows/contracts/plan.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import type { PlanInput } from '../../../workflows/domain/plan.ts';
import { aConfig as aDefaultConfig } from '../../support/builders.ts';

export function aDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

export function aConfig(
  ticketing: Partial<TicketingConfig> = {},
  rest: Partial<Omit<EndpointConfig, 'ticketing'>> = {},
): EndpointConfig {
  return aDefaultConfig({ name: 'Uptime Kuma', verification: [], ...rest, ticketing });
}

export interface Given {
  ticketing?: Partial<TicketingConfig>;
  endpoint?: Partial<Omit<EndpointConfig, 'ticketing'>>;
  input?: Partial<Omit<PlanInput, 'body' | 'endpoint'>>;
}

export function aPlanInput(body: Json, given: Given = {}): PlanInput {
  return {
    requestId: '0198c0de-0000-7000-8000-000000000001',
    receivedAt: '2026-03-02T12:00:00.000Z',
    body,
    endpoint: {
      id: '11111111-1111-4111-8111-111111111111',
      version: 7,
      compiled: compileEndpoint(aConfig(given.ticketing, given.endpoint)),
    },
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    maintenance: { globalMode: false, globalPolicy: 'skip', windows: [] },
    tenants: [],
    digest: aDigest,
    ...given.input,
  };
}

export function aPlan(body: Json, given: Given = {}): Plan {
  return planWebhook(aPlanInput(body, given));
}

/** The only alert of a plan. */
export function anAlert(body: Json, given: Given = {}): PlannedAlert {
  const { alerts, failure } = aPlan(body, given);
  const [alert] = alerts;
  if (alert === undefined || alerts.length !== 1)
    throw new Error(`expected one alert, got ${alerts.length} (${failure ?? 'no failure'})`);
  return alert;
}

/** A body as the ingress reads it, from its text. */
export function aBody(text: string): Json {
  const parsed = parseJsonText(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** What Uptime Kuma sends when a monitor goes down. */
export function anUptimeKumaBody(status: 0 | 1 = 0, name = 'Mail server'): { [name: string]: Json } {
  return {
    heartbeat: {
      monitorID: 7,
      status,
      time: '2026-03-02 11:59:58.123',
      msg: status === 0 ? 'connect ECONNREFUSED 10.0.0.5:443' : '200 - OK',
      ping: null,
      important: true,
      duration: 61,
      timezone: 'Europe/Berlin',
      timezoneOffset: '+01:00',
      localDateTime: '2026-03-02 12:59:58',
    },
    monitor: {
      id: 7,
      name,
      description: null,
      pathName: name,
      url: 'https://mail.example.test/',
      hostname: null,
      port: null,
      maxretries: 2,
      active: true,
      type: 'http',
      interval: 60,
      keyword: null,
      tags: [{ id: 1, monitor_id: 7, tag_id: 2, name: 'env', value: 'prod', color: '#fff' }],
      accepted_statuscodes: ['200-299'],
      basic_auth_user: 'probe',
      basic_auth_pass: 'hunter2',
      pushToken: 'push-me',
    },
    msg: `[${name}] [${status === 0 ? '🔴 Down' : '✅ Up'}] connect ECONNREFUSED 10.0.0.5:443`,
  };
}
