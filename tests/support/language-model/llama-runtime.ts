/** What the real server uses of `node-llama-cpp`, which is none of our dependencies and so brings no types. */
export interface LlamaRuntime {
  getLlama(options: {
    build: 'never';
    gpu: false;
    progressLogs: boolean;
    logLevel: string;
    maxThreads: number;
  }): Promise<{ loadModel(options: { modelPath: string }): Promise<LlamaModel> }>;
  LlamaChatSession: new (options: { contextSequence: LlamaSequence; systemPrompt: string }) => {
    promptWithMeta(
      prompt: string,
      options: { maxTokens: number; temperature: number; signal: AbortSignal; stopOnAbortSignal: boolean },
    ): Promise<{ responseText: string; stopReason: string }>;
    dispose(options: { disposeSequence: boolean }): void;
  };
}

interface LlamaModel {
  createContext(options: { contextSize: number; threads: number }): Promise<{ getSequence(): LlamaSequence }>;
}

interface LlamaSequence {
  tokenMeter: { usedInputTokens: number; usedOutputTokens: number };
}
