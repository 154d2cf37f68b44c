import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLIENT_ADDRESS_HEADER } from '../../../infra/auth/client-address-header.ts';
import type { Config } from '../../../infra/config/index.ts';
import { createAddressMatcher } from '../../../infra/http/address-list.ts';
import { createClientAddresses } from '../../../infra/http/client-address.ts';
import { LIMIT_BYTES } from '../read-json.ts';
import { NONCE_HEADER } from './nonce-header.ts';
import { keepPageAnswer } from './page-answers.ts';
import { PAGE_HEADER } from './page-header.ts';

const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * What happens before Next sees a request: the caller's address is found out (proxies believed as configured) and handed on
 * in a header that callers cannot set, plain HTTP is sent to https where that is asked for, addresses outside the trusted
 * ones are refused, and the security headers are set. Answers whether the request goes on; if not, it is answered already.
 */
export function createFront(config: Config): (request: IncomingMessage, response: ServerResponse) => boolean {
  const clients = createClientAddresses(config.TRUSTED_PROXIES);
  const mayOpen = config.GUI_TRUSTED_IPS.length === 0 ? () => true : createAddressMatcher(config.GUI_TRUSTED_IPS);
  const isHttpsOnly = config.FORCE_HTTPS;
  return (request, response) => {
    const forwarded = {
      peer: request.socket.remoteAddress ?? '',
      forwardedFor: text(request, 'x-forwarded-for'),
      forwardedProto: text(request, 'x-forwarded-proto'),
    };
    const client = clients.addressOf(forwarded);
    const isHttps = clients.isHttps(forwarded);
    request.headers[CLIENT_ADDRESS_HEADER] = client;
    request.headers[PAGE_HEADER] = request.url ?? '/';
    request.headers['x-forwarded-for'] = client;
    request.headers['x-forwarded-proto'] = isHttps ? 'https' : 'http';
    delete request.headers['x-forwarded-host'];
    securityHeaders(request, response, isHttps);
    if (isHttpsOnly && !isHttps) return redirect(request, response, config.ADMIN_URL);
    if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES) {
      request.resume();
      return refuse(response, 413, 'Too large', 'The body is larger than 4 MiB.');
    }
    if (!isHealth(request) && !mayOpen(client))
      return refuse(response, 403, 'Not allowed', 'This address may not open the console.');
    return true;
  };
}

function securityHeaders(request: IncomingMessage, response: ServerResponse, isHttps: boolean): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  request.headers['content-security-policy'] = policy;
  request.headers[NONCE_HEADER] = nonce;
  if (isWholePage(request)) keepPageAnswer(nonce, response);
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  if (isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

/** What a browser opens by an address; the parts that a page fetches later say of themselves whether they are refused. */
function isWholePage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && headers['rsc'] === undefined;
}

function redirect(request: IncomingMessage, response: ServerResponse, adminUrl: string): boolean {
  const host = request.headers.host ?? '';
  if (!adminUrl.startsWith('https://') && !HOST.test(host))
    return refuse(response, 400, 'Not valid', 'The Host header is not valid.');
  response.setHeader(
    'Location',
    `${adminUrl.startsWith('https://') ? adminUrl : `https://${host}`}${request.url ?? '/'}`,
  );
  return refuse(response, 308, 'Use https', 'This console is served over https only.');
}

function refuse(response: ServerResponse, status: number, title: string, detail: string): boolean {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail }));
  return false;
}

function isHealth(request: IncomingMessage): boolean {
  return /^\/health\/(live|ready)$/.test(request.url ?? '');
}

function text(request: IncomingMessage, name: 'x-forwarded-for' | 'x-forwarded-proto'): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
