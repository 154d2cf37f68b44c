import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { LlamaRuntime } from './llama-runtime.ts';

/**
 * A small model behind an OpenAI-compatible API on loopback, in a process of its own: `… <runtime> <weights> <name>`. Prints its
 * address and each answer as lines of JSON. One question at a time; a caller that leaves ends its question.
 */
const [runtime = '', weights = '', name = ''] = process.argv.slice(2);
const { getLlama, LlamaChatSession } = (await import(pathToFileURL(runtime).href)) as unknown as LlamaRuntime;
const llama = await getLlama({ build: 'never', gpu: false, progressLogs: false, logLevel: 'error', maxThreads: 1 });
const model = await llama.loadModel({ modelPath: weights });
// One thread: several that wait for one another are many times slower where the processors are busy.
const context = await model.createContext({ contextSize: 4096, threads: 1 });
let before: Promise<unknown> = Promise.resolve();

const server = createServer((request, response) => {
  void answer(request, response).catch((error: unknown) => {
    if (!response.headersSent) reply(response, 500, { error: { message: String(error) } });
  });
});
server.listen(0, '127.0.0.1', () => {
  tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

interface Question {
  max_tokens: number;
  temperature: number;
  messages: { role: string; content: string }[];
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET')
    return reply(response, 200, { object: 'list', data: [{ id: name, object: 'model', owned_by: 'test' }] });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const question = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Question;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const mine = before.then(() => complete(question, gone.signal));
  before = mine.catch(() => undefined);
  const { text, asked, given, reason } = await mine;
  tell({ answer: text, tokens: asked + given });
  reply(response, 200, {
    object: 'chat.completion',
    model: name,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: reason }],
    usage: { prompt_tokens: asked, completion_tokens: given, total_tokens: asked + given },
  });
}

async function complete(question: Question, signal: AbortSignal) {
  const said = (role: string) => question.messages.find((message) => message.role === role)?.content ?? '';
  const contextSequence = context.getSequence();
  const session = new LlamaChatSession({ contextSequence, systemPrompt: said('system') });
  try {
    const { responseText, stopReason } = await session.promptWithMeta(said('user'), {
      maxTokens: question.max_tokens,
      temperature: question.temperature,
      signal,
      stopOnAbortSignal: true,
    });
    const { usedInputTokens, usedOutputTokens } = contextSequence.tokenMeter;
    const reason = stopReason === 'maxTokens' ? 'length' : 'stop';
    return { text: responseText, asked: usedInputTokens, given: usedOutputTokens, reason };
  } finally {
    session.dispose({ disposeSequence: true });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function tell(line: Record<string, unknown>): void {
  console.log(JSON.stringify(line));
}
