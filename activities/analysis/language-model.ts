export interface ModelAnswer {
  text: string;
  /** Tokens of question and answer as the server counted them; null where it did not say. */
  tokens: number | null;
}

/** How the model was when last asked. `unknown`: the server is there but does not list its models, or `problem` says what it does. */
export interface ModelHealth {
  state: 'well' | 'missing' | 'away' | 'unknown';
  problem: string | null;
  remedy: string | null;
}

export interface ModelPrompt {
  system: string;
  user: string;
}

/** A language model as the analysis needs it. Each method is at most one request, never repeated by itself. */
export interface LanguageModel {
  describe(): { url: string; model: string; maxTokens: number };
  /** Whether the server is there and has the model. Never throws but for a call that `signal` called off. */
  probe(signal: AbortSignal): Promise<ModelHealth>;
  /** One answer. Throws `LanguageModelError`. */
  answer(prompt: ModelPrompt, signal: AbortSignal): Promise<ModelAnswer>;
}

export type ModelErrorCode =
  | 'away' // cannot be reached
  | 'missing' // the server does not have the model
  | 'slow' // no whole answer within LLM_TIMEOUT
  | 'busy' // 429
  | 'refused' // another 4xx, a redirect
  | 'failed' // 5xx, or the connection broke
  | 'unreadable' // a web page, no JSON, another shape
  | 'too-long'
  | 'cancelled';

/** Why a model gave no answer, in words for people, and what can be done about it. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly code: ModelErrorCode;
  readonly remedy: string | null;

  constructor(code: ModelErrorCode, message: string, remedy: string | null, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.remedy = remedy;
  }
}
