import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi, faultAnswer, notServed, readBody, relativePath } from './api-server.ts';
import { createCallbackBook } from './callbacks.ts';
import { createCatalog, type CatalogSeed } from './catalog.ts';
import { control, extendCatalog, type Controls, type Down } from './control.ts';
import { ApiFault } from './errors.ts';
import { writeAnswer, type Answer } from './fault-reply.ts';
import { createFaults, type ModeChange } from './faults.ts';
import { answerAtFrontDoor } from './front-door.ts';
import { actAsPerson, type PersonAct } from './person.ts';
import { createRecorder } from './record.ts';
import { createTicketStore } from './ticket-store.ts';
import type { Credentials, World } from './world.ts';

export type SimulatorOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  host?: string;
  /** Serves the control API once more here, where `down('refuse')` does not reach. */
  controlPort?: number;
  latencyMs?: number;
  credentials?: Partial<Credentials>;
  member?: string;
  seed?: CatalogSeed;
  modes?: ModeChange;
  randomSeed?: number;
  now?: () => number;
  callbackRetryMs?: readonly number[];
  callbackTimeoutMs?: number;
};

export type ConnectwiseSimulator = Awaited<ReturnType<typeof startConnectwiseSimulator>>;

export const defaultCredentials: Credentials = {
  company: 'hookwise',
  publicKey: 'simPublicKey',
  privateKey: 'simPrivateKey',
  clientId: '5f1d9a30-77cb-4d0e-9c3b-2a64a7d1be10',
};

/** Starts a ConnectWise tenant in memory on loopback; everything about it can be changed and read while it runs. */
export async function startConnectwiseSimulator(options: SimulatorOptions = {}) {
  const host = options.host ?? '127.0.0.1';
  let skewMs = 0;
  const world = createWorld(options, () => (options.now?.() ?? Date.now()) + skewMs);
  const api = createApi(world);
  const server = createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options.port ?? 0, host);
  world.origin = `http://${host}:${port}`;
  let upTimer: NodeJS.Timeout | undefined;

  const controls: Controls = {
    async down(mode: Down, forMs?: number): Promise<void> {
      clearTimeout(upTimer);
      if (mode === 'refuse') await close(server);
      else world.faults.set({ down: mode });
      if (forMs !== undefined) upTimer = setTimeout(() => void controls.up(), forMs);
    },
    async up(): Promise<void> {
      clearTimeout(upTimer);
      world.faults.set({ down: 'no' });
      if (!server.listening) await listen(server, port, host);
    },
    reset(): void {
      world.tickets.clear();
      world.callbacks.reset();
      world.record.forgetRequests();
      world.faults.reset();
      skewMs = 0;
    },
    advance: (ms: number): void => void (skewMs += ms),
  };

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
    if (path.startsWith('/__sim/')) return serveControl(message, response, path);
    const method = message.method ?? 'GET';
    const atMs = Date.now();
    const { base, relative } = relativePath(world, path) ?? { base: '', relative: path };
    world.record.began(method, relative, atMs);
    const { answer, fault } = await answerTo(message, { method, path, relative, query, base });
    world.record.ended({
      atMs,
      method,
      path: relative,
      query,
      status: answer.kind === 'send' ? answer.status : null,
      outcome: answer.kind === 'send' ? 'answered' : answer.kind === 'drop' ? 'dropped' : 'hung',
      fault,
      tookMs: Date.now() - atMs,
    });
    await writeAnswer(response, answer);
  }

  async function answerTo(
    message: IncomingMessage,
    { method, path, relative, query, base }: Record<'method' | 'path' | 'relative' | 'query' | 'base', string>,
  ): Promise<{ answer: Answer; fault: string | null }> {
    const door = answerAtFrontDoor(world, path, new URLSearchParams(query));
    if (door !== null)
      return {
        answer: { kind: 'send', status: 200, headers: { 'Content-Type': door.type }, text: door.text },
        fault: null,
      };
    if (base === '') return { answer: notServed(), fault: null };
    try {
      return await api.answer({ message, method, path: relative, query, base: `${world.origin}${base}` });
    } catch (error) {
      if (error instanceof ApiFault) return { answer: faultAnswer(error), fault: null };
      return { answer: message.destroyed ? { kind: 'drop' } : brokenSimulator(error), fault: null };
    }
  }

  async function serveControl(message: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    try {
      const text = await readBody(message);
      const body: unknown = text === '' ? {} : JSON.parse(text);
      const result = await control(world, controls, message.method ?? 'GET', path, body);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
    } catch (error) {
      if (error instanceof ApiFault) return writeAnswer(response, faultAnswer(error));
      response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message: String(error) }));
    }
  }

  const controlServer =
    options.controlPort === undefined ? null : createServer((request, response) => void serve(request, response));
  const controlPort = controlServer === null ? port : await listen(controlServer, options.controlPort ?? 0, host);

  return {
    /** What `CW_URL` is set to. */
    url: `${world.origin}/v4_6_release/apis/3.0`,
    origin: world.origin,
    port,
    controlUrl: `http://${host}:${controlPort}/__sim`,
    credentials: world.settings.credentials,
    faults: world.faults,
    record: world.record,
    catalog: world.catalog,
    callbacks: world.callbacks,
    /** Does to a ticket what somebody at the ConnectWise console would; `_info.updatedBy` becomes theirs. */
    person: (ticketId: number, act: PersonAct): void => actAsPerson(world, ticketId, act),
    extend: (seed: CatalogSeed) => extendCatalog(world, seed),
    ...controls,
    async stop(): Promise<void> {
      clearTimeout(upTimer);
      await Promise.all([close(server), controlServer === null ? undefined : close(controlServer)]);
    },
  };
}

function createWorld(options: SimulatorOptions, now: () => number): World {
  const member = options.member ?? 'HookWiseAPI';
  const tickets = createTicketStore();
  const latency = options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs };
  const world: World = {
    settings: {
      credentials: { ...defaultCredentials, ...options.credentials },
      member,
      callbackRetryMs: options.callbackRetryMs ?? [2000, 4000],
      callbackTimeoutMs: options.callbackTimeoutMs ?? 5000,
    },
    now,
    catalog: createCatalog(member, options.seed),
    tickets,
    faults: createFaults({ ...latency, ...options.modes }, options.randomSeed ?? 1),
    record: createRecorder(tickets),
    callbacks: createCallbackBook(() => world),
    origin: '',
  };
  return world;
}

/** A fault of the simulator itself, named so that no test takes it for the vendor's. */
const brokenSimulator = (error: unknown): Answer => ({
  kind: 'send',
  status: 500,
  headers: { 'Content-Type': 'text/plain' },
  text: `The simulator itself failed: ${error instanceof Error ? error.stack : String(error)}`,
});

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
