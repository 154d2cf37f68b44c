import type { Call } from './call.ts';
import { ApiFault } from './errors.ts';
import type { JsonObject } from './json.ts';

const defaultSize = 25;
const largestSize = 1000;

const badPaging = (message: string) => new ApiFault(400, { code: 'InvalidArgument', message, errors: null });

function wholeNumber(call: Call, name: string, fallback: number, least: number): number {
  const given = call.query.get(name);
  if (given === null || given === '') return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least) throw badPaging(`${name} must be a number of at least ${least}.`);
  return value;
}

export const pageSizeOf = (call: Call): number => Math.min(wholeNumber(call, 'pageSize', defaultSize, 1), largestSize);

export const isForwardOnly = (call: Call): boolean =>
  String(call.headers['pagination-type'] ?? '').toLowerCase() === 'forward-only';

/** One page and its Link header; a page past the end is empty, not an error (facts §3.1). */
export function pageOf<Row extends JsonObject>(rows: Row[], call: Call): { rows: Row[]; link: string } {
  const size = pageSizeOf(call);
  if (isForwardOnly(call)) return forwardPage(rows, call, size);
  const page = wholeNumber(call, 'page', 1, 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const links = [link(call, { page: '1' }, 'first')];
  if (page > 1) links.push(link(call, { page: String(page - 1) }, 'prev'));
  if (page < last) links.push(link(call, { page: String(page + 1) }, 'next'));
  links.push(link(call, { page: String(last) }, 'last'));
  return { rows: rows.slice((page - 1) * size, page * size), link: links.join(', ') };
}

/** `pageId` acts as `id > pageId`; the header is empty once there is nothing more. */
function forwardPage<Row extends JsonObject>(rows: Row[], call: Call, size: number): { rows: Row[]; link: string } {
  if (call.query.has('orderBy')) throw badPaging('orderBy is not allowed with forward-only pagination.');
  const after = wholeNumber(call, 'pageId', 0, 0);
  const page = rows
    .filter((row) => Number(row['id']) > after)
    .sort((one, other) => Number(one['id']) - Number(other['id']))
    .slice(0, size);
  const lastId = page.at(-1)?.['id'];
  return { rows: page, link: lastId === undefined ? '' : link(call, { pageId: String(lastId) }, 'next') };
}

function link(call: Call, changed: Record<string, string>, rel: string): string {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(changed)) query.set(name, value);
  return `<${call.base}${call.path}?${query.toString()}>; rel="${rel}"`;
}
