import { Agent, request } from 'undici';
import type { MadeEndpoint } from '../../infra/bench/rest-client.ts';
import { uptimeKumaBody } from '../../infra/recipes/uptime-kuma.ts';
import type { StormAlert, StormIncident } from './storm-plan.ts';

/** What the sender was promised: an alert and the request id of its 202. */
export interface Accepted {
  alert: StormAlert;
  requestId: string;
  /** How often it was sent until the 202 came. */
  tries: number;
}

export interface StormSender {
  accepted: Accepted[];
  /** Answers other than 202, by status; `none` where the connection broke. */
  refused: Record<string, number>;
  /** Sent and not answered right now. */
  inFlight(): number;
  /** Resolves when every webhook was answered 202; rejects when one was not within its patience. */
  done: Promise<void>;
}

export interface StormSending {
  incidents: readonly StormIncident[];
  endpoints: readonly MadeEndpoint[];
  /** Origins of the ingresses, taken in turn; a retry goes to the next. */
  origins: readonly string[];
  perSecond: number;
  /** How long one webhook may be refused before the run fails. */
  patienceMs: number;
  onAccepted?(count: number): void;
}

const ANSWER_MS = 15_000;
const RETRY_MS = 250;
const CONNECTIONS = 64;

/**
 * Sends a storm as careful senders do: what was not answered 202 is sent again with the same `Idempotency-Key`, and the next
 * step of an incident waits for the one before.
 */
export function sendStorm(sending: StormSending): StormSender {
  const agent = new Agent({
    connections: CONNECTIONS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    connectTimeout: 3_000,
  });
  const accepted: Accepted[] = [];
  const refused: Record<string, number> = {};
  let inFlight = 0;
  let turn = 0;
  let nextSlotAt = Date.now();

  const slot = async () => {
    const at = Math.max(nextSlotAt, Date.now());
    nextSlotAt = at + 1_000 / sending.perSecond;
    await pause(at - Date.now());
  };

  const attempt = async (alert: StormAlert): Promise<string | null> => {
    const endpoint = sending.endpoints[alert.incident.endpoint];
    const origin = sending.origins[turn++ % sending.origins.length];
    if (!endpoint || !origin) throw new Error('The storm has more endpoints than were made.');
    inFlight += 1;
    try {
      const answer = await request(new URL(new URL(endpoint.url).pathname, origin), {
        method: 'POST',
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${endpoint.token}`,
          'content-type': 'application/json',
          'idempotency-key': alert.token,
        },
        body: bodyOf(alert),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 202)
        return count(String(answer.statusCode), answer.statusCode < 500 && answer.statusCode !== 429 ? text : null);
      return (JSON.parse(text) as { request_id: string }).request_id;
    } catch (error) {
      if (error instanceof RefusedForGood) throw error;
      return count('none', null);
    } finally {
      inFlight -= 1;
    }
  };

  const count = (status: string, forGood: string | null): null => {
    refused[status] = (refused[status] ?? 0) + 1;
    if (forGood !== null) throw new RefusedForGood(`A webhook was answered ${status}: ${forGood}`);
    return null;
  };

  const deliver = async (alert: StormAlert) => {
    await slot();
    const deadline = Date.now() + sending.patienceMs;
    for (let tries = 1; ; tries += 1) {
      const requestId = await attempt(alert);
      if (requestId !== null) {
        accepted.push({ alert, requestId, tries });
        sending.onAccepted?.(accepted.length);
        return;
      }
      if (Date.now() > deadline)
        throw new Error(`A webhook was refused for ${sending.patienceMs} ms: ${JSON.stringify(refused)}`);
      await pause(RETRY_MS);
    }
  };

  const tell = async (incident: StormIncident) => {
    for (const step of incident.steps) await Promise.all(step.map(deliver));
  };

  const done = Promise.all(sending.incidents.map(tell)).then(() => agent.close());
  done.catch(() => void agent.destroy());
  return { accepted, refused, inFlight: () => inFlight, done };
}

class RefusedForGood extends Error {}

function bodyOf({ incident, kind, token }: StormAlert): string {
  const message = kind === 'open' ? `connect ECONNREFUSED, ${token}` : `200 - OK, ${token}`;
  return JSON.stringify(
    uptimeKumaBody({ monitor: incident.name, status: kind === 'open' ? 0 : 1, at: new Date(), message }),
  );
}

const pause = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : Promise.resolve());
