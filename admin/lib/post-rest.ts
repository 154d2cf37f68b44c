import type { Acted } from './act.ts';

interface Problem {
  detail?: string;
  errors?: { path: string; message: string; line?: number }[];
}

/** Posts to our own REST from a page, for what is too large for an action. Answers as an action does. */
export async function postRest<T>(path: string, body: unknown): Promise<Acted<T>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const answer: unknown = isJson ? await response.json() : await response.text();
  if (response.ok) return { ok: true, value: answer as T };
  const { detail, errors } = (isJson ? answer : {}) as Problem;
  return {
    ok: false,
    message: detail ?? `The console answered ${response.status}.`,
    faults: (errors ?? []).map(({ path: place, message, line }) => ({
      path: line === undefined ? place : `line ${line}${place === '' ? '' : `, ${place}`}`,
      message,
    })),
  };
}
