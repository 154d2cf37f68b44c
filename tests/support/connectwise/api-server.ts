import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { authenticate, negotiate, newestVersion } from './auth.ts';
import type { Call, Reply } from './call.ts';
import { ApiFault, endpointMissing, tooManyRequests } from './errors.ts';
import { answerAfter, answerBefore, maintenancePage, pause, type Answer } from './fault-reply.ts';
import type { FaultPlan } from './fault-rules.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRouter, dispatch, type Route } from './router.ts';
import { routes } from './routes.ts';
import type { World } from './world.ts';

const longestUrl = 2000;
const largestBody = 10 * 1024 * 1024;
const find = createRouter(routes);

export type ApiRequest = { message: IncomingMessage; method: string; path: string; query: string; base: string };

/** The path below `/apis/3.0`, if the codebase in front of it is the router or the tenant's present one. */
export function relativePath(world: World, path: string): { base: string; relative: string } | null {
  const found = /^(\/([^/]+)\/apis\/3\.0)(\/.*)$/.exec(path);
  const [, base, codebase, relative] = found ?? [];
  if (base === undefined || relative === undefined) return null;
  return codebase === 'v4_6_release' || codebase === world.faults.modes.codebase ? { base, relative } : null;
}

export function createApi(world: World) {
  const secondsToWait = createRateLimit();

  /** One request from its first byte to what will be answered, every fault in its place. */
  async function answer(request: ApiRequest): Promise<{ answer: Answer; fault: string | null }> {
    const { modes } = world.faults;
    const body = await readBody(request.message);
    if (modes.down !== 'no')
      return { answer: modes.down === 'reset' ? { kind: 'drop' } : maintenancePage(), fault: `down-${modes.down}` };
    const wait = secondsToWait(modes.requestsPerMinute, Date.now());
    if (wait !== null) return { answer: faultAnswer(tooManyRequests(wait)), fault: 'rate-limit' };
    const plan = world.faults.plan(request.method, request.path, `${decoded(request.query)}\n${body}`);
    const before = modes.latencyMs + plan.delayMs;
    if (before > 0) await pause(before);
    const early = plan.rule === null ? null : answerBefore(plan.rule);
    const given = early ?? handled(request, body, plan);
    if (plan.delayAfterMs > 0) await pause(plan.delayAfterMs);
    return { answer: given, fault: plan.rule?.kind ?? (plan.delayMs + plan.delayAfterMs > 0 ? 'delay' : null) };
  }

  function handled(request: ApiRequest, text: string, plan: FaultPlan): Answer {
    try {
      const { headers } = request.message;
      const { settings, faults } = world;
      if (faults.modes.systemInfoNeedsAuth || request.path !== '/system/info')
        authenticate(headers, settings.credentials, faults.modes);
      if (`${request.base}${request.path}?${request.query}`.length > longestUrl)
        throw new ApiFault(414, { code: 'ConnectWiseApi', message: 'The request URL is too long.' });
      const contentType = negotiate(headers.accept);
      const isFalse = plan.rule?.kind === 'false-200' && request.method !== 'GET';
      const { route, params } = find(isFalse ? 'GET' : request.method, request.path);
      const parsed =
        isFalse || route.method === 'GET' ? undefined : parseBody(text, route, headers['content-type'] ?? '');
      const call: Call = {
        method: request.method,
        path: request.path,
        params,
        query: new URLSearchParams(request.query),
        headers,
        body: parsed,
        base: request.base,
        member: settings.member,
      };
      const reply = dispatch(world, route, call);
      return answerAfter(withServerHeaders(reply), contentType, plan.rule);
    } catch (error) {
      if (error instanceof ApiFault) return faultAnswer(error);
      throw error;
    }
  }

  return { answer };
}

const withServerHeaders = (reply: Reply): Reply => ({
  ...reply,
  headers: {
    'x-cw-request-id': randomUUID(),
    'x-server-name': 'SIM01',
    'api-current-version': newestVersion,
    ...reply.headers,
  },
});

export const faultAnswer = (fault: ApiFault): Answer => ({
  kind: 'send',
  status: fault.status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'x-cw-request-id': randomUUID(), ...fault.headers },
  text: JSON.stringify(fault.body),
});

export const notServed = (): Answer => faultAnswer(endpointMissing());

function parseBody(text: string, route: Route, contentType: string): unknown {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const wanted = route.body === 'multipart' ? 'multipart/form-data' : 'application/json';
  if (route.method !== 'DELETE' && type !== wanted && !(wanted === 'application/json' && type.endsWith('+json')))
    throw new ApiFault(415, {
      code: 'ConnectWiseApi',
      message: `The media type ${type || '(none)'} is not supported here.`,
    });
  if (route.body === 'multipart' || text === '') return text === '' ? undefined : text;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiFault(400, { code: 'InvalidObject', message: 'The body is not valid JSON.', errors: null });
  }
}

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ApiFault(413, { code: 'ConnectWiseApi', message: 'The body is too large.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}
