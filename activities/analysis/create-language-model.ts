import type { Config } from '../../infra/config/index.ts';
import type { LanguageModel } from './language-model.ts';
import { createOpenAiCompatibleModel } from './openai-compatible-model.ts';

/** The model that the environment chooses: Ollama's, or the one behind `LLM_URL`. */
export function createLanguageModel(config: Config): LanguageModel {
  return createOpenAiCompatibleModel({
    url: config.LLM_URL ?? `${config.OLLAMA_HOST}/v1`,
    isOllama: config.LLM_URL === null,
    apiKey: config.LLM_API_KEY,
    model: config.AI_MODEL,
    maxTokens: config.LLM_MAX_TOKENS,
    timeoutMs: config.LLM_TIMEOUT * 1000,
  });
}
