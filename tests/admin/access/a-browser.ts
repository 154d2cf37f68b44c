import type { ServedAccess } from './served-access.ts';

/** What an answer was, read whole. */
export interface Answer {
  status: number;
  text: string;
  json: Record<string, unknown>;
  headers: Headers;
}

/** A browser with one page of the console open: it keeps cookies and says where its requests come from. */
export interface Browser {
  cookies: Map<string, string>;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(email: string, password: string): Promise<Answer>;
}

let addresses = 0;

/** `address` is the caller's, another one each time where not said: tries are counted by address. */
export function aBrowser(served: ServedAccess, address = `198.51.100.${(addresses += 1)}`): Browser {
  const cookies = new Map<string, string>();
  const ask: Browser['ask'] = async (method, path, body, headers = {}) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await call(served, method, path, body, {
      origin: served.url,
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': address,
      ...(jar === '' ? {} : { cookie: jar }),
      ...headers,
    });
    for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie);
    return answer;
  };
  return {
    cookies,
    ask,
    signIn: (email, password) => ask('POST', '/api/auth/sign-in/email', { email, password }),
  };
}

/** A call of a script: nothing but what is given. */
export async function call(
  served: ServedAccess,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(served.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: parsed(text), headers: response.headers };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const isOver = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
  if (isOver) cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), pair.slice(at + 1));
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
