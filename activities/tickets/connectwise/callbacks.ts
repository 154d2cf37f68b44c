import { z } from 'zod';
import { TicketSystemError, type CallbackRecord, type CallbackRegistry } from '../ticket-system.ts';
import { unreadable } from './answer-fault.ts';
import type { Psa } from './psa.ts';
import { readList } from './read-list.ts';

const PATH = '/system/callbacks';

const recordSchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  url: z.string(),
  type: z.string().catch(''),
  level: z.string().catch(''),
  description: z.string().nullish().catch(null),
  inactiveFlag: z.boolean().nullish().catch(null),
});

/** Callbacks of ConnectWise for every ticket (facts/connectwise.md §9). */
export function createCallbacks(psa: Psa): CallbackRegistry {
  return {
    async list(signal) {
      const records = await readList(psa.client, { path: PATH, query: {}, pageSize: 1000, mostPages: 5, signal });
      return records.flatMap((json) => {
        const read = recordSchema.safeParse(json);
        const isForTickets = read.success && /^ticket$/i.test(read.data.type) && /^owner$/i.test(read.data.level);
        return isForTickets ? [presentRecord(read.data)] : [];
      });
    },
    async register(url, description, signal) {
      const body = {
        url,
        objectId: 1,
        type: 'ticket',
        level: 'owner',
        description: description.slice(0, 100),
        payloadVersion: '3.0.0',
        inactiveFlag: false,
        isSelfSuppressedFlag: true,
      };
      const call = { method: 'POST', path: PATH } as const;
      const { json, status } = await psa.client.call({ ...call, body, signal });
      const read = recordSchema.safeParse(json);
      if (!read.success) throw unreadable(call, status, 'it holds no callback with an id');
      return presentRecord(read.data);
    },
    async remove(id, signal) {
      try {
        await psa.client.call({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(id)}`, signal });
      } catch (error) {
        if (!(error instanceof TicketSystemError) || error.status !== 404) throw error;
      }
    },
  };
}

function presentRecord(record: z.output<typeof recordSchema>): CallbackRecord {
  const { id, url, description } = record;
  return { id, url, description: description ?? '', isActive: record.inactiveFlag !== true };
}
