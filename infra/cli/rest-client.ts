import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../config/index.ts';
import { CHECKOUT, environment } from '../stack/checkout.ts';

/** Where the REST API is and what opens it. */
export interface RestAccess {
  url?: string | undefined;
  apiKey?: string | undefined;
}

/** One fault of a refusal, as problem+json has it. */
interface Fault {
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** The API refused, or could not be reached; `message` is for people, one line a fault. */
export class RestRefusal extends Error {
  override readonly name = 'RestRefusal';
}

/**
 * Calls the REST API of this checkout's HookWise, or of `access.url`. The key is the given one, else HOOKWISE_API_KEY, else the
 * one an all-in-one made and keeps in its data folder. `file` names what was sent, for the places of faults. Throws `RestRefusal`.
 */
export async function callRest(
  access: RestAccess,
  path: string,
  body?: unknown,
  file = '',
): Promise<{ text: string; json(): unknown }> {
  const config = readConfig(environment);
  const base = access.url?.replace(/\/+$/, '') ?? config.ADMIN_URL;
  const key = access.apiKey ?? config.HOOKWISE_API_KEY ?? keptKey(config.HOOKWISE_DATA_DIR);
  if (key === null) throw new RestRefusal('Give an API key: --api-key, or HOOKWISE_API_KEY in the environment.');
  const answer = await fetch(`${base}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${Buffer.from(key).toString('latin1')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    const reason = error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
    throw new RestRefusal(`${base} cannot be reached (${reason}). Is HookWise running? Another address: --url.`);
  });
  const text = await answer.text();
  if (answer.ok) return { text, json: () => JSON.parse(text) as unknown };
  throw new RestRefusal(refusalWords(answer.status, text, file));
}

function refusalWords(status: number, text: string, file: string): string {
  let problem: { detail?: string; errors?: Fault[] };
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    return `The answer is ${status} and not of HookWise. Look at --url.`;
  }
  const lines = (problem.errors ?? []).map(({ path, message, line, column }) => {
    const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return `  ${[place, path].filter((part) => part !== '').join('  ')}: ${message}`;
  });
  return lines.length > 0
    ? `Refused, nothing was changed (${lines.length} fault${lines.length === 1 ? '' : 's'}):\n${lines.join('\n')}`
    : `Refused (${status}): ${problem.detail ?? ''}`;
}

function keptKey(dataDir: string): string | null {
  const path = join(resolve(CHECKOUT, dataDir), 'secrets.json');
  if (!existsSync(path)) return null;
  const { apiKey } = JSON.parse(readFileSync(path, 'utf8')) as { apiKey?: string };
  return apiKey ?? null;
}
