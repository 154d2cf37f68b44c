import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_BYTES } from '../../../activities/analysis/capped-fetch.ts';
import { createLanguageModel } from '../../../activities/analysis/create-language-model.ts';
import { LanguageModelError, type LanguageModel } from '../../../activities/analysis/language-model.ts';
import {
  createOpenAiCompatibleModel,
  type ModelOptions,
} from '../../../activities/analysis/openai-compatible-model.ts';
import { readConfig } from '../../../infra/config/index.ts';
import { GOOD_ANSWER } from '../../support/fake-model.ts';
import {
  startBrokenModelServer,
  type BrokenModelServer,
  type Manner,
} from '../../support/language-model/broken-server.ts';

const PROMPT = { system: 'You help.', user: 'Why?' };
let server: BrokenModelServer;
const never = () => new AbortController().signal;
const aModel = (more: Partial<ModelOptions> = {}): LanguageModel =>
  createOpenAiCompatibleModel({
    url: `${server.url}/v1`,
    apiKey: null,
    model: 'phi3',
    maxTokens: 64,
    timeoutMs: 30_000,
    isOllama: true,
    ...more,
  });

beforeEach(async () => {
  server = await startBrokenModelServer();
});
afterEach(() => server.close());

async function faultOf(asked: Promise<unknown>): Promise<LanguageModelError> {
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof LanguageModelError) return outcome;
  throw new Error(`No LanguageModelError: ${JSON.stringify(outcome)}`, { cause: outcome });
}

describe('a model behind an OpenAI-compatible API', () => {
  it('is asked once, with the words and the limits, and answers with its count of tokens', async () => {
    expect(await aModel().answer(PROMPT, never())).toEqual({ text: GOOD_ANSWER, tokens: 150 });
    expect(server.questions).toHaveLength(1);
    expect(server.questions[0]?.body).toEqual({
      model: 'phi3',
      max_tokens: 64,
      temperature: 0.1,
      stream: false,
      messages: [
        { role: 'system', content: 'You help.' },
        { role: 'user', content: 'Why?' },
      ],
    });
  });

  it('is told nothing of this machine, and a key only where one is set', async () => {
    await aModel().answer(PROMPT, never());
    await aModel({ apiKey: 'sk-secret-1' }).answer(PROMPT, never());
    const [bare, keyed] = server.questions.map(({ headers }) => headers);
    expect(Object.keys(bare ?? {}).filter((name) => /stainless|user-agent|authorization|openai/i.test(name))).toEqual(
      [],
    );
    expect(keyed?.authorization).toBe('Bearer sk-secret-1');
  });

  it('that stands behind a login in its address gets it as a header, and shows it nowhere', async () => {
    const address = server.url.replace('http://', 'http://ann:s%403cret@');
    const model = createLanguageModel(readConfig({ OLLAMA_HOST: address }));
    await model.answer(PROMPT, never());
    const login = `Basic ${Buffer.from('ann:s@3cret').toString('base64')}`;
    expect(server.questions[0]?.headers.authorization).toBe(login);
    server.manner = 'web page';
    const { message } = await faultOf(model.answer(PROMPT, never()));
    expect(`${message} ${model.describe().url}`).not.toMatch(/ann|cret/);
  });

  const FAULTS: [Manner, LanguageModelError['code'], RegExp][] = [
    ['dies mid-answer', 'failed', /again/],
    ['ten megabytes', 'too-long', /OLLAMA_HOST/],
    ['endless stream', 'too-long', /OLLAMA_HOST/],
    ['web page', 'unreadable', /OLLAMA_HOST/],
    ['web page with 502', 'unreadable', /OLLAMA_HOST/],
    ['no choices', 'unreadable', /OLLAMA_HOST/],
    ['no json', 'unreadable', /OLLAMA_HOST/],
    ['too many requests', 'busy', /again/],
    ['server error', 'failed', /again/],
    ['redirects', 'refused', /OLLAMA_HOST/],
    ['model not found', 'missing', /ollama pull phi3/],
    ['refuses the key', 'refused', /LLM_API_KEY/],
  ];
  it.each(FAULTS)('that %s is %s, with a remedy, after one question', async (manner, code, remedy) => {
    server.manner = manner;
    const fault = await faultOf(aModel({ apiKey: 'sk-secret-1' }).answer(PROMPT, never()));
    expect({ code: fault.code, message: fault.message }).toMatchObject({ code });
    expect(fault.remedy).toMatch(remedy);
    expect(fault.message).not.toContain('sk-secret-1');
    expect(server.questions).toHaveLength(1);
  });

  it.each<Manner>(['never answers', 'drips'])('that %s is given up after its time', async (manner) => {
    server.manner = manner;
    expect(await faultOf(aModel({ timeoutMs: 400 }).answer(PROMPT, never()))).toMatchObject({
      code: 'slow',
      remedy: expect.stringContaining('LLM_TIMEOUT'),
    });
  });

  it('that streams without end is cut off early: most of what it would send is never taken', async () => {
    server.manner = 'endless stream';
    await faultOf(aModel().answer(PROMPT, never()));
    expect(server.sent).toBeLessThan(MOST_BYTES + 16 * 1024 * 1024);
  });

  it('is called off at once with the signal of its activity', async () => {
    server.manner = 'never answers';
    const control = new AbortController();
    const asked = faultOf(aModel().answer(PROMPT, control.signal));
    control.abort();
    expect((await asked).code).toBe('cancelled');
  });

  it('that nobody serves is away, with the line that mends it', async () => {
    await server.close();
    const fault = await faultOf(aModel().answer(PROMPT, never()));
    expect(fault).toMatchObject({ code: 'away', remedy: expect.stringContaining('ollama pull phi3') });
    expect(await aModel().probe(never())).toMatchObject({
      state: 'away',
      remedy: expect.stringContaining('ollama pull phi3'),
    });
    server = await startBrokenModelServer();
  });
});

describe('its probe', () => {
  it('finds the model under its name or its name with a tag', async () => {
    expect(await aModel().probe(never())).toMatchObject({ state: 'well', problem: null });
    server.models = ['phi3'];
    expect((await aModel().probe(never())).state).toBe('well');
  });

  it('names the line that pulls a missing model', async () => {
    server.models = ['llama3:latest'];
    expect(await aModel().probe(never())).toMatchObject({
      state: 'missing',
      problem: 'The server does not have the model phi3.',
      remedy: expect.stringContaining('ollama pull phi3'),
    });
  });

  it('does not judge a server that lists no models', async () => {
    server.models = null;
    expect(await aModel().probe(never())).toEqual({ state: 'unknown', problem: null, remedy: null });
  });

  it.each<[Manner, RegExp, RegExp]>([
    ['web page', /\/v1 answered a web page/, /OLLAMA_HOST/],
    ['web page with 502', /\/v1 answered a web page \(status 502\)/, /OLLAMA_HOST/],
    ['no choices', /\/v1 answered something else/, /OLLAMA_HOST/],
    ['no json', /\/v1 answered no JSON/, /OLLAMA_HOST/],
    ['ten megabytes', /sent too much/, /OLLAMA_HOST/],
    ['refuses the key', /refused the key/, /LLM_API_KEY/],
    ['server error', /failed/, /again/],
  ])('says what a server does instead of listing its models: %s', async (listing, problem, remedy) => {
    server.listing = listing;
    const health = await aModel({ apiKey: 'sk-secret-1' }).probe(never());
    expect(health).toEqual({
      state: 'unknown',
      problem: expect.stringMatching(problem),
      remedy: expect.stringMatching(remedy),
    });
    expect(health.problem).not.toContain('sk-secret-1');
  });
});
