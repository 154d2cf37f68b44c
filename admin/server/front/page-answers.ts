import type { ServerResponse } from 'node:http';

/** Pages under way by the nonce of their policy. One map a process: Next evaluates a module once per bundle layer. */
const HOLDER = Symbol.for('hookwise.admin.page-answers');
type PageAnswer = (status: 403 | 503) => void;
type Holder = typeof globalThis & { [HOLDER]?: Map<string, PageAnswer> };

function answers(): Map<string, PageAnswer> {
  const holder = globalThis as Holder;
  return (holder[HOLDER] ??= new Map());
}

/** Keeps hold of a page's answer until it is given, so that what lays the page out can say how it ends. */
export function keepPageAnswer(nonce: string, response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  let meant: 403 | 503 | null = null;
  response.writeHead = ((status: number, ...rest: unknown[]) =>
    writeHead(meant ?? status, ...rest)) as typeof response.writeHead;
  answers().set(nonce, (status) => {
    meant = status;
    if (status === 503 && !response.headersSent) response.setHeader('Retry-After', '5');
  });
  response.once('close', () => answers().delete(nonce));
}

/**
 * Gives the answer under way its status, whatever Next gives it. A page's own refusal comes too late for a 403: while it is looked
 * up, the frame around it is sent already, with a 200. And who asks cannot be told by a 500 that trying again helps.
 */
export function answerPage(nonce: string | null, status: 403 | 503): void {
  answers().get(nonce ?? '')?.(status);
}
