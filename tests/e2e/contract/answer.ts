import { randomBytes } from 'node:crypto';

/** What an HTTP call was answered; `body` is empty where it was no JSON object. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  const body = isJson ? (JSON.parse(text) as Answer['body']) : {};
  return { status: response.status, headers: response.headers, text, body };
}

/** A name nobody else uses, readable in a failed assertion. */
export function aName(what: string): string {
  return `${what} ${randomBytes(4).toString('hex')}`;
}
