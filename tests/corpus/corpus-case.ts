import type { EndpointConfig, TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { AlertKind, CompanySource, SkipReason, TicketDraft } from '../../workflows/contracts/plan.ts';
import type { GlobalMaintenance } from '../../workflows/domain/suppression.ts';
import type { TenantMapping } from '../../workflows/domain/tenant-map.ts';

/** JSON as a sender wrote it, digit for digit. */
export interface RawBody {
  raw: string;
}

/** What holds for all endpoints while a case is planned. */
export interface CorpusWorld {
  tenants?: readonly TenantMapping[];
  maintenance?: Partial<GlobalMaintenance>;
  maskingWords?: readonly string[];
}

/** What the facts say of one alert; only what is given is compared. */
export interface ExpectedAlert {
  kind?: AlertKind;
  goes?: 'incident' | 'skip' | 'hold';
  reason?: SkipReason | null;
  trigger?: string | null;
  name?: string;
  message?: string;
  ticket?: Partial<TicketDraft>;
  company?: readonly [id: string | null, source: CompanySource];
  customer?: string | null;
  /** Indexes of the rules that matched, in order. */
  rules?: readonly number[];
  mapped?: Readonly<Record<string, string>>;
  /** Texts that the description holds. */
  tells?: readonly string[];
  /** Texts that stand nowhere in the alert. */
  hides?: readonly string[];
  /** The alert of the same webhook with which it shares its incident; with all others it does not. */
  sharesWith?: number;
}

/** One (configuration, body) pair with what must come of it, reasoned out from `facts/hookwise.md` §2 and design §9. */
export interface CorpusCase {
  name: string;
  ticketing: Partial<TicketingConfig>;
  endpoint?: Partial<Omit<EndpointConfig, 'ticketing'>>;
  body: unknown;
  /** When it was received; a Monday noon in March where it does not matter. */
  at?: string;
  world?: CorpusWorld;
  alerts: readonly ExpectedAlert[];
}

export const NOON = '2026-03-02T12:00:00.000Z';

export function raw(text: string): RawBody {
  return { raw: text };
}

/** The bytes of a body as they were sent. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.from(isRaw(body) ? body.raw : JSON.stringify(body));
}

function isRaw(body: unknown): body is RawBody {
  return typeof body === 'object' && body !== null && 'raw' in body && Object.keys(body).length === 1;
}

/** A case of one alert that is open whatever the body says. */
export function opened(
  name: string,
  ticketing: Partial<TicketingConfig>,
  body: unknown,
  alert: ExpectedAlert,
  more: Partial<Pick<CorpusCase, 'endpoint' | 'at' | 'world'>> = {},
): CorpusCase {
  return {
    name,
    ticketing: { otherValues: 'open', ...ticketing },
    body,
    alerts: [{ kind: 'open', goes: 'incident', reason: null, ...alert }],
    ...more,
  };
}
