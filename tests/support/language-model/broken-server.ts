import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GOOD_ANSWER } from '../fake-model.ts';

/** How the server treats a question. */
export type Manner =
  | 'well'
  | 'endless stream'
  | 'dies mid-answer'
  | 'ten megabytes'
  | 'web page'
  | 'web page with 502'
  | 'empty answer'
  | 'no choices'
  | 'no json'
  | 'never answers'
  | 'drips'
  | 'too many requests'
  | 'server error'
  | 'redirects'
  | 'model not found'
  | 'refuses the key'
  | 'babbles'
  | 'tells secrets';

export interface BrokenModelServer {
  url: string;
  manner: Manner;
  /** What `/v1/models` lists; null answers 404. */
  models: string[] | null;
  /** How it treats `/v1/models` instead, where it is set. */
  listing: Manner | null;
  questions: { headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  probes: number;
  /** Bytes that answers have sent so far. */
  sent: number;
  close(): Promise<void>;
}

/** An OpenAI-compatible server on loopback that misbehaves in the manner it is told to. */
export async function startBrokenModelServer(): Promise<BrokenModelServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const state: BrokenModelServer = {
    url: '',
    manner: 'well',
    models: ['phi3:latest'],
    listing: null,
    questions: [],
    probes: 0,
    sent: 0,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      state.probes += 1;
      if (state.listing !== null) return MANNERS[state.listing](response);
      if (state.models === null) return reply(response, 404, '404 page not found', 'text/plain');
      const data = state.models.map((id) => ({ id, object: 'model' }));
      return reply(response, 200, JSON.stringify({ object: 'list', data }));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    state.questions.push({ headers: request.headers, body });
    MANNERS[state.manner](response);
  }

  function every(ms: number, response: ServerResponse, work: () => void): void {
    const timer = setInterval(work, ms);
    timers.add(timer);
    response.on('close', () => {
      clearInterval(timer);
      timers.delete(timer);
    });
  }

  function begin(response: ServerResponse, type = 'application/json'): void {
    response.writeHead(200, { 'content-type': type });
    response.write('{"choices":[{"message":{"content":"');
  }

  const MANNERS: Record<Manner, (response: ServerResponse) => void> = {
    well: (response) => reply(response, 200, completion(GOOD_ANSWER)),
    'endless stream': (response) => {
      begin(response);
      const more = (): void => {
        while (!response.destroyed && response.write('word '.repeat(1000))) state.sent += 5000;
      };
      response.on('drain', more);
      more();
    },
    'dies mid-answer': (response) => {
      begin(response);
      every(20, response, () => response.destroy());
    },
    'ten megabytes': (response) => reply(response, 200, completion('long '.repeat(2_000_000))),
    'web page': (response) => reply(response, 200, '<!doctype html><html><body>Hello</body></html>', 'text/html'),
    'web page with 502': (response) => reply(response, 502, '<html><body>Bad gateway</body></html>', 'text/html'),
    'empty answer': (response) => reply(response, 200, completion('  \n ')),
    'no choices': (response) => reply(response, 200, '{"object":"error"}'),
    'no json': (response) => reply(response, 200, '{"choices": [', 'application/json'),
    'never answers': () => undefined,
    drips: (response) => {
      begin(response);
      every(50, response, () => response.write('.'));
    },
    'too many requests': (response) => reply(response, 429, '{"error":{"message":"slow down"}}'),
    'server error': (response) => reply(response, 500, '{"error":{"message":"out of memory"}}'),
    redirects: (response) => {
      response.writeHead(307, { location: `${state.url}/elsewhere` }).end();
    },
    'model not found': (response) =>
      reply(response, 404, '{"error":{"message":"model \\"phi3\\" not found, try pulling it first"}}'),
    'refuses the key': (response) => reply(response, 401, '{"error":{"message":"bad key sk-secret-1"}}'),
    babbles: (response) => reply(response, 200, completion('the server is down and '.repeat(200))),
    'tells secrets': (response) =>
      reply(response, 200, completion(`${GOOD_ANSWER}\npassword=hunter2 Bearer abcdefgh12345`)),
  };

  function reply(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
    state.sent += body.length;
    response.writeHead(status, { 'content-type': type }).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

function completion(content: string): string {
  return JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
  });
}
