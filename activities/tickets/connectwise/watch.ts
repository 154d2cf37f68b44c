import type { TicketPage, TicketWatch } from '../ticket-system.ts';
import { createCallbacks } from './callbacks.ts';
import { allOf } from './conditions.ts';
import { isRecordId, present, type Psa } from './psa.ts';
import { unreadable } from './answer-fault.ts';
import { hasNext } from './read-list.ts';
import { byId, readTicketRecord, TICKET_FIELDS } from './ticket-record.ts';

const PAGE_SIZE = 1_000;
/** Ids that go into one address without making it too long for anybody on the way. */
const MOST_IDS = 100;

/** What ConnectWise tells of many tickets in one call. Lists may lag behind: what they say is a hint. */
export function createWatch(psa: Psa): TicketWatch {
  const page = async (conditions: string, signal: AbortSignal | undefined): Promise<TicketPage> => {
    const query = { conditions, orderBy: 'id asc', fields: TICKET_FIELDS, pageSize: String(PAGE_SIZE), page: '1' };
    const call = { method: 'GET', path: '/service/tickets' } as const;
    const { json, headers, status } = await psa.client.call({ ...call, query, signal });
    if (!Array.isArray(json)) throw unreadable(call, status, 'it is not a list');
    const records = json.map(readTicketRecord).filter((record) => record !== null);
    const last = records.toSorted(byId).at(-1)?.id ?? null;
    return {
      tickets: records.map((record) => present(psa, record)),
      next: last !== null && hasNext(headers['link'], json.length, PAGE_SIZE) ? last : null,
    };
  };

  return {
    mostIds: MOST_IDS,
    changedSince: async (since, afterId, signal) => {
      const isAfter = (id: string) => afterId === null || Number(id) > Number(afterId);
      const changed = `lastUpdated >= [${wholeSeconds(since)}]`;
      const found = await page(allOf(changed, afterId === null ? null : `id > ${recordId(afterId)}`), signal);
      return { ...found, tickets: found.tickets.filter(({ id }) => isAfter(id)) };
    },
    listed: async (ids, signal) => {
      const wanted = new Set(ids.filter(isRecordId).slice(0, MOST_IDS));
      if (wanted.size === 0) return [];
      const { tickets } = await page(`id in (${[...wanted].join(',')})`, signal);
      return tickets.filter(({ id }) => wanted.has(id));
    },
    callbacks: createCallbacks(psa),
  };
}

function recordId(id: string): string {
  if (!isRecordId(id)) throw new TypeError('This is not the id of a record.');
  return id;
}

/** Instants in filters are whole seconds, UTC (facts/connectwise.md §3.2). */
function wholeSeconds(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
