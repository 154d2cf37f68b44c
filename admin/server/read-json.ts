import { VerbError, invalid } from './errors.ts';
import { parseExactJson } from './exact-json.ts';

/** The largest body of a REST call. */
export const LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * The JSON body of a request, at most 4 MiB; `exact` keeps the sender's digits. An absent body is `{}`. Throws `too-large`,
 * `unsupported-media` or `invalid`.
 */
export async function readJson(request: Request, digits: 'plain' | 'exact' = 'plain'): Promise<unknown> {
  const bytes = await readCapped(request);
  if (bytes.length === 0) return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type))
    throw new VerbError('unsupported-media', 'Send the body as application/json.');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return digits === 'exact' ? parseExactJson(text) : (JSON.parse(text) as unknown);
  } catch (cause) {
    throw new VerbError('invalid', 'The body is not JSON.', {
      faults: [{ path: '', message: 'The body is not JSON.' }],
      cause,
    });
  }
}

/** The bytes of a request's body, at most 4 MiB. Throws `too-large`. */
export async function readCapped(request: Request): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= LIMIT_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > LIMIT_BYTES) throw new VerbError('too-large', 'The body is larger than 4 MiB.');
  return Buffer.concat(chunks);
}

/** The query of an address as one text a name. Throws `invalid` when a name comes twice, or for NUL, which no text of ours holds. */
export function readQuery(url: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    if (query.has(name)) throw invalid([{ path: name, message: 'Give this once.' }]);
    if (value.includes('\0')) throw invalid([{ path: name, message: 'must not hold NUL' }]);
    query.set(name, value);
  }
  return Object.fromEntries(query);
}
