import type { ConnectwiseSimulator } from './simulator.ts';

/** One bare request with good credentials: no retries, no interpretation. Headers given as null are left out. */
export function createCaller({ url, credentials }: Pick<ConnectwiseSimulator, 'url' | 'credentials'>) {
  const { company, publicKey, privateKey, clientId } = credentials;
  const usual = {
    authorization: basic(`${company}+${publicKey}:${privateKey}`),
    clientid: clientId,
    accept: 'application/vnd.connectwise.com+json; version=2022.1',
  };
  return async (method: string, path: string, body?: unknown, headers: Record<string, string | null> = {}) => {
    const sent = Object.entries({
      ...usual,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    const answer = await fetch(path.startsWith('http') ? path : url + path, {
      method,
      headers: Object.fromEntries(sent.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, headers: answer.headers, body: parsed(text) };
  };
}

export const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What lies at this place of a body, or undefined. */
export function at(body: unknown, ...path: (string | number)[]): unknown {
  let value = body;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

export const idIn = (answer: { body: unknown }): number => Number(at(answer.body, 'id'));
