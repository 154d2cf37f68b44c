import { answerOf, aName, type Answer } from './answer.ts';

export interface Sending {
  headers?: Record<string, string>;
  /** Absent: the endpoint's; null: none. */
  authorization?: string | null;
  /** Absent: `application/json`; null: none. */
  contentType?: string | null;
}

/** An endpoint made for one case. */
export interface TestEndpoint {
  id: string;
  name: string;
  url: string;
  token: string;
  /** Posts bytes as they are. */
  post(body: string | Uint8Array, sending?: Sending): Promise<Answer>;
  /** Posts a value that must be accepted and answers its request id. */
  send(body: unknown, sending?: Sending): Promise<string>;
  /** Like Uptime Kuma: 0 is down, 1 is up. */
  alert(monitor: string, status: unknown, message?: string): Promise<string>;
}

type Api = (method: string, path: string, body?: unknown) => Promise<Answer>;

export async function makeTestEndpoint(
  deps: { api: Api; ingressOrigin: string },
  ticketing: Record<string, unknown>,
  more: Record<string, unknown>,
): Promise<TestEndpoint> {
  const name = aName('Endpoint');
  const made = await deps.api('POST', '/endpoints', {
    name,
    ticketing: { noteIntervalSeconds: 0, ...ticketing },
    ...more,
  });
  if (made.status !== 201) throw new Error(`The endpoint was refused with ${made.status}: ${made.text}`);
  const { id, url, token } = made.body as { id: string; url: string; token: string };
  const at = new URL(new URL(url).pathname, deps.ingressOrigin);
  const post = async (body: string | Uint8Array, sending: Sending = {}) => {
    const authorization = sending.authorization === undefined ? `Bearer ${token}` : sending.authorization;
    const contentType = sending.contentType === undefined ? 'application/json' : sending.contentType;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return answerOf(
      await fetch(at, {
        method: 'POST',
        headers: {
          ...(authorization === null ? {} : { Authorization: authorization }),
          ...(contentType === null ? {} : { 'Content-Type': contentType }),
          ...sending.headers,
        },
        body: new Uint8Array(bytes),
        signal: AbortSignal.timeout(20_000),
      }),
    );
  };
  const send = async (body: unknown, sending: Sending = {}) => {
    const answer = await post(JSON.stringify(body), sending);
    if (answer.status !== 202) throw new Error(`The webhook was refused with ${answer.status}: ${answer.text}`);
    return String(answer.body['request_id']);
  };
  return {
    id,
    name,
    url: at.href,
    token,
    post,
    send,
    alert: (monitor, status, message = 'contract') =>
      send({ monitor: { name: monitor }, heartbeat: { status }, msg: message }),
  };
}
