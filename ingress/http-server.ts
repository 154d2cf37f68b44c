import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
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

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 60_000,
  checkMs: 1_000,
};

export interface HttpServer {
  /** Answers the port. Rejects when it cannot be had. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no new connections and ends each after the answer it waits for; what is open after `graceMs` is cut off. */
  close(graceMs: number): Promise<void>;
}

/** A server that does not wait for slow or silent clients. What is not HTTP, or not in time, is answered in JSON too; `faulted` is told why. */
export function createHttpServer(
  listener: RequestListener,
  limits: ServerLimits,
  faulted: (reason: RefusalReason) => void,
): HttpServer {
  let isClosing = false;
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
      noDelay: true,
      keepAlive: true,
    },
    (request, response) => {
      if (isClosing) response.setHeader('Connection', 'close');
      listener(request, response);
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const reason = reasonOf(error.code);
    faulted(reason);
    socket.end(plainAnswer(reason), () => socket.destroy());
  });
  return {
    async listen(port, host) {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    async close(graceMs) {
      isClosing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
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
