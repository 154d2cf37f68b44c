import type { Config } from '../../infra/config/index.ts';
import type { LanguageModel } from './language-model.ts';
import { createOpenAiCompatibleModel } from './openai-compatible-model.ts';

/** The model that the environment chooses: Ollama's, or the one behind `LLM_URL`. */
export function createLanguageModel(config: Config): LanguageModel {
  const { url, login } = withoutLogin(config.LLM_URL ?? `${config.OLLAMA_HOST}/v1`);
  return createOpenAiCompatibleModel({
    url,
    login,
    isOllama: config.LLM_URL === null,
    apiKey: config.LLM_API_KEY,
    model: config.AI_MODEL,
    maxTokens: config.LLM_MAX_TOKENS,
    timeoutMs: config.LLM_TIMEOUT * 1000,
  });
}

/** A login in the address is sent as one and shown nowhere. */
function withoutLogin(address: string): { url: string; login: string | null } {
  const url = new URL(address);
  const login = url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href.replace(/\/$/, ''), login };
}
