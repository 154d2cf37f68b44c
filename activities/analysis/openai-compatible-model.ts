import OpenAI from 'openai';
import { maskText } from '../../workflows/domain/mask-text.ts';
import { createCappedFetch, TransportError } from './capped-fetch.ts';
import { LanguageModelError, type LanguageModel, type ModelHealth } from './language-model.ts';
import { checkModelList, modelRemedies } from './model-list.ts';

const PROBE_MS = 5_000;
const TEMPERATURE = 0.1;
const LONGEST_ANSWER_SHOWN = 300;

export interface ModelOptions {
  /** With its version path, such as `http://localhost:11434/v1`. */
  url: string;
  apiKey: string | null;
  /** `user:password` for a server behind Basic authentication; a key comes before it. */
  login?: string | null;
  model: string;
  maxTokens: number;
  timeoutMs: number;
  /** True where `url` is Ollama's, whose remedies differ. */
  isOllama: boolean;
}

/** A model behind an OpenAI-compatible API. The server is the operator's choice, so private addresses are allowed; redirects are not. */
export function createOpenAiCompatibleModel(options: ModelOptions): LanguageModel {
  const remedies = modelRemedies(options);
  const clientOf = (timeoutMs: number) =>
    new OpenAI({
      baseURL: options.url,
      apiKey: options.apiKey ?? 'none',
      organization: null,
      project: null,
      webhookSecret: null,
      adminAPIKey: null,
      maxRetries: 0,
      timeout: timeoutMs + PROBE_MS,
      logLevel: 'off',
      fetch: createCappedFetch(timeoutMs).fetch,
      ...(options.apiKey === null ? { defaultHeaders: { Authorization: basic(options.login ?? null) } } : {}),
    });
  const [asking, probing] = [clientOf(options.timeoutMs), clientOf(PROBE_MS)];
  const errorOf = (error: unknown, { timeoutMs }: Pick<ModelOptions, 'timeoutMs'> = options) =>
    modelError(error, { ...options, timeoutMs }, remedies);

  return {
    describe: () => ({ url: options.url, model: options.model, maxTokens: options.maxTokens }),

    async probe(signal): Promise<ModelHealth> {
      try {
        const list: unknown = await probing.get('/models', { signal });
        return checkModelList(list, options, remedies);
      } catch (error) {
        const fault = errorOf(error, { timeoutMs: PROBE_MS });
        if (fault.code === 'cancelled') throw fault;
        if (hasNoList(error, fault)) return { state: 'unknown', problem: null, remedy: null };
        const { message: problem, remedy } = fault;
        return { state: fault.code === 'away' ? 'away' : 'unknown', problem, remedy };
      }
    },

    async answer(prompt, signal) {
      try {
        const given: unknown = await asking.post('/chat/completions', {
          signal,
          body: {
            model: options.model,
            max_tokens: options.maxTokens,
            temperature: TEMPERATURE,
            stream: false,
            messages: [
              { role: 'system', content: prompt.system },
              { role: 'user', content: prompt.user },
            ],
          },
        });
        return readAnswer(given, remedies.url);
      } catch (error) {
        throw errorOf(error);
      }
    },
  };
}

/** A server that is good for completions need not list its models. */
function hasNoList(error: unknown, { code }: LanguageModelError): boolean {
  const status: unknown = error instanceof OpenAI.APIError ? error.status : undefined;
  return code !== 'unreadable' && (status === 404 || status === 405 || status === 501);
}

function basic(login: string | null): string | null {
  return login === null ? null : `Basic ${Buffer.from(login).toString('base64')}`;
}

function readAnswer(given: unknown, remedy: string): { text: string; tokens: number | null } {
  const answer = given as {
    choices?: { message?: { content?: unknown } }[];
    usage?: { total_tokens?: unknown };
  } | null;
  if (typeof answer !== 'object' || answer === null || !Array.isArray(answer.choices))
    throw new LanguageModelError('unreadable', 'The model server answered something else than a completion.', remedy);
  const content = answer.choices[0]?.message?.content;
  const tokens = answer.usage?.total_tokens;
  return {
    text: typeof content === 'string' ? content : '',
    tokens: typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 && tokens < 1e9 ? tokens : null,
  };
}

function modelError(
  error: unknown,
  { url, model, apiKey, timeoutMs }: ModelOptions,
  remedies: ReturnType<typeof modelRemedies>,
): LanguageModelError {
  if (error instanceof LanguageModelError) return error;
  const transport = causeOf(error, TransportError);
  if (transport) {
    const { reason, message } = transport;
    if (reason === 'cancelled') return new LanguageModelError('cancelled', message, null, error);
    if (reason === 'slow')
      return new LanguageModelError(
        'slow',
        `The model ${model} gave no whole answer within ${timeoutMs / 1000} s.`,
        remedies.slow,
        error,
      );
    if (reason === 'too-long')
      return new LanguageModelError('too-long', `The model server sent too much. ${message}`, remedies.url, error);
    if (reason === 'redirect')
      return new LanguageModelError('refused', `${url} is no model server. ${message}`, remedies.url, error);
    return reason === 'broken'
      ? new LanguageModelError('failed', message, remedies.busy, error)
      : new LanguageModelError('away', `${url} cannot be reached (${message}).`, remedies.away, error);
  }
  if (error instanceof OpenAI.APIUserAbortError) return new LanguageModelError('cancelled', 'Called off.', null, error);
  const status = error instanceof OpenAI.APIError ? (error.status as number | undefined) : undefined;
  const said = maskText(error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ANSWER_SHOWN);
  const shown = apiKey === null ? said : said.replaceAll(apiKey, '********');
  if (status === undefined)
    return new LanguageModelError('unreadable', `${url} answered no JSON.`, remedies.url, error);
  if (/<(!doctype|html|head|body)\b/i.test(said))
    return new LanguageModelError('unreadable', `${url} answered a web page (status ${status}).`, remedies.url, error);
  if (status === 404)
    return /model/i.test(said)
      ? new LanguageModelError('missing', `The server does not have the model ${model}.`, remedies.missing, error)
      : new LanguageModelError('refused', `${url} has no chat completions: ${shown}`, remedies.url, error);
  if (status === 429) return new LanguageModelError('busy', `The model server is busy: ${shown}`, remedies.busy, error);
  if (status === 401 || status === 403)
    return new LanguageModelError('refused', `The model server refused the key: ${shown}`, remedies.key, error);
  return status >= 500
    ? new LanguageModelError('failed', `The model server failed: ${shown}`, remedies.busy, error)
    : new LanguageModelError('refused', `The model server refused the question: ${shown}`, remedies.url, error);
}

function causeOf<T>(error: unknown, kind: new (...args: never[]) => T): T | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (at instanceof kind) return at;
  return null;
}
