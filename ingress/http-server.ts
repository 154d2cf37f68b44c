import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { refusalBody, REFUSALS, type RefusalReason } from './refusal.ts';

export interface ServerLimits {
  headersMs: number;
  /** From the first byte to the last of a request: who is slower is cut off. */
  requestMs: number;
  keepAliveMs: number;
  /** How often the limits above are looked at. */
  checkMs: number;
}

export const SERVER_LIMITS: ServerLimits = { headersMs: 10_000, requestMs: 15_000, keepAliveMs: 60_000, checkMs: 1_000 };

/** A server that does not wait for slow or silent clients. What is not HTTP, or not in time, is answered in JSON too; `faulted` is told why. */
export function createHttpServer(listener: RequestListener, limits: ServerLimits, faulted: (reason: RefusalReason) => void): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
      noDelay: true,
      keepAlive: true,
    },
    listener,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const reason = reasonOf(error.code);
    faulted(reason);
    socket.end(plainAnswer(reason), () => socket.destroy());
  });
  return server;
}

function reasonOf(code: string | undefined): RefusalReason {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'bad-request';
}

function plainAnswer(reason: RefusalReason): string {
  const { status, message } = REFUSALS[reason];
  const body = refusalBody(message, uuidv7());
  return [
    `HTTP/1.1 ${status} ${message}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
