import type { ServerResponse } from 'node:http';
import type { Reply } from './call.ts';
import { tooManyRequests } from './errors.ts';
import type { FaultRule } from './fault-rules.ts';

/** What leaves the simulator: a text with its status, or a way of not answering. */
export type Answer =
  | {
      kind: 'send';
      status: number;
      headers: Record<string, string>;
      text: string;
      slowMs?: number;
      cutConnection?: boolean;
    }
  | { kind: 'drop' }
  | { kind: 'hang' };

const html = { 'Content-Type': 'text/html; charset=utf-8' };
const page = (title: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

export const maintenancePage = (retryAfterSeconds?: number | null): Answer => ({
  kind: 'send',
  status: 503,
  headers: retryAfterSeconds == null ? html : { ...html, 'Retry-After': String(retryAfterSeconds) },
  text: page('ConnectWise is being upgraded'),
});

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  kind: 'send',
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  text: JSON.stringify(body),
});

/** Kinds that strike before anything is written: their answer, or null where the request goes on. */
export function answerBefore(rule: FaultRule): Answer | null {
  switch (rule.kind) {
    case 'drop-before-commit':
      return { kind: 'drop' };
    case 'black-hole':
      return { kind: 'hang' };
    case 'error-before-commit':
      return serverError(rule);
    case 'maintenance':
      return maintenancePage(rule.retryAfterSeconds);
    case 'too-many': {
      const fault = tooManyRequests(rule.retryAfterSeconds ?? null);
      return json(429, fault.body, fault.headers);
    }
    case 'refuse':
      return json(
        rule.status ?? 400,
        rule.body ?? { code: 'InvalidObject', message: 'ticket object is invalid', errors: [] },
      );
    default:
      return null;
  }
}

/** Proxies answer 502 to 504 with a page, the server itself 500 with JSON. */
function serverError({ status = 500, body }: FaultRule): Answer {
  if (body !== undefined) return json(status, body);
  if (status === 500)
    return json(500, { code: 'InternalServerError', message: 'An error has occurred.', errors: null });
  return { kind: 'send', status, headers: html, text: page(`${status} Error`) };
}

/** The answer to a request the handlers accepted, spoiled as the rule says; their refusals never come here. */
export function answerAfter(reply: Reply, contentType: string, rule: FaultRule | null): Answer {
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
  const headers = { ...(text === '' ? {} : { 'Content-Type': contentType }), ...reply.headers };
  const plain: Answer = { kind: 'send', status: reply.status, headers, text };
  if (rule === null) return plain;
  switch (rule.kind) {
    case 'drop-after-commit':
      return { kind: 'drop' };
    case 'black-hole-after-commit':
      return { kind: 'hang' };
    case 'drop-mid-body':
      return { ...plain, cutConnection: true };
    case 'error-after-commit':
      return serverError(rule);
    case 'html-after-commit':
      return { kind: 'send', status: 200, headers: html, text: page('Sign in') };
    case 'cut-json-after-commit':
      return { ...plain, status: 200, text: text.slice(0, Math.floor(text.length / 2)) };
    case 'empty-after-commit':
      return { ...plain, status: 200, text: '' };
    case 'slow-body':
      return { ...plain, slowMs: rule.ms ?? 1000 };
    default:
      return plain;
  }
}

const chunks = 10;

export async function writeAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'drop') {
    response.socket?.destroy();
    return;
  }
  const bytes = Buffer.from(answer.text);
  response.writeHead(answer.status, { 'Content-Length': bytes.length, 'Cache-Control': 'no-cache', ...answer.headers });
  if (answer.cutConnection === true) {
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
    return;
  }
  if (answer.slowMs === undefined) {
    response.end(bytes);
    return;
  }
  const size = Math.max(1, Math.ceil(bytes.length / chunks));
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    await pause(answer.slowMs / chunks);
  }
  response.end();
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
