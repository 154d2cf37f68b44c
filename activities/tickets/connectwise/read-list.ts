import { unreadable } from './answer-fault.ts';
import type { PsaClient } from './psa-client.ts';

const MOST_PAGES = 100;

export interface ListCall {
  path: string;
  query: Readonly<Record<string, string>>;
  pageSize: number;
  /** Reading ends after so many pages; null reads all. */
  mostPages: number | null;
  signal: AbortSignal | undefined;
}

/**
 * All records of a list, page by page until no next page is announced. Pages are counted here: the links in ConnectWise's
 * answers name another host and are never followed (facts/connectwise.md §1).
 */
export async function readList(client: PsaClient, call: ListCall): Promise<unknown[]> {
  const records: unknown[] = [];
  const last = Math.min(call.mostPages ?? MOST_PAGES, MOST_PAGES);
  for (let page = 1; page <= last; page += 1) {
    const query = { ...call.query, pageSize: String(call.pageSize), page: String(page) };
    const { json, headers, status } = await client.call({ method: 'GET', path: call.path, query, signal: call.signal });
    if (!Array.isArray(json)) throw unreadable({ method: 'GET', path: call.path }, status, 'it is not a list');
    records.push(...(json as unknown[]));
    if (!hasNext(headers['link'], json.length, call.pageSize)) break;
  }
  return records;
}

/** Whether another page follows this one. Without a `Link` header a full page may have one behind it. */
export function hasNext(link: string | string[] | undefined, got: number, pageSize: number): boolean {
  const text = Array.isArray(link) ? link.join(',') : link;
  if (got === 0) return false;
  return text === undefined ? got >= pageSize : /rel\s*=\s*"?next"?/i.test(text);
}
