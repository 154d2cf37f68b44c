import type { ModelHealth } from './language-model.ts';

/** What a person can do about each fault of a model server. */
export interface ModelRemedies {
  away: string;
  missing: string;
  slow: string;
  busy: string;
  key: string;
  url: string;
}

export function modelRemedies(of: { model: string; isOllama: boolean; url: string }): ModelRemedies {
  const pull = `ollama pull ${of.model}`;
  return {
    away: of.isOllama
      ? `Start Ollama and run "${pull}", or point OLLAMA_HOST at one that runs.`
      : `Check LLM_URL (${of.url}) and that the server runs.`,
    missing: of.isOllama
      ? `Run "${pull}", or set AI_MODEL to a model the server has.`
      : 'Set AI_MODEL to a model the server has.',
    slow: 'Choose a smaller model with AI_MODEL, or raise LLM_TIMEOUT.',
    busy: 'Run the analysis again when the server has time.',
    key: 'Set LLM_API_KEY to a key that the server takes.',
    url: `Point ${of.isOllama ? 'OLLAMA_HOST' : 'LLM_URL'} at a server with an OpenAI-compatible API.`,
  };
}

/** Whether a list of models (`{ "data": [{ "id" }] }`) has the model; a name without a tag means `:latest` too. */
export function checkModelList(
  list: unknown,
  { model, url }: { model: string; url: string },
  remedies: ModelRemedies,
): ModelHealth {
  const { object, data } = (typeof list === 'object' && list !== null ? list : {}) as {
    object?: unknown;
    data?: unknown;
  };
  if (!Array.isArray(data) && !(object === 'list' && data === null)) {
    const what =
      typeof list === 'string' && /<(!doctype|html|head|body)\b/i.test(list) ? 'a web page' : 'something else';
    return { state: 'unknown', problem: `${url} answered ${what} where its models are listed.`, remedy: remedies.url };
  }
  const names = ((data ?? []) as { id?: unknown }[]).map((entry) => entry?.id).filter((id) => typeof id === 'string');
  const wanted = [model, `${model}:latest`, model.replace(/:latest$/, '')];
  if (names.some((name) => wanted.includes(name))) return { state: 'well', problem: null, remedy: null };
  return { state: 'missing', problem: `The server does not have the model ${model}.`, remedy: remedies.missing };
}
