import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { NewWebhook, WrittenWebhook } from '../../infra/database/write-webhooks.ts';
import {
  createInboxWriter,
  INBOX_LIMITS,
  type InboxLimits,
  type InboxWriter,
} from '../../ingress/accept/inbox-writer.ts';
import type { DatabaseWatch } from '../../ingress/database-watch.ts';
import { NoAnswerError } from '../../ingress/within-deadline.ts';

const DATA_FAULT = Object.assign(new Error('invalid byte sequence'), { code: '22021' });
const NO_PARTITION = Object.assign(new Error('no partition'), { code: '23514', routine: 'ExecFindPartition' });
const BROKEN = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
const AWAY = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
const FULL = Object.assign(new Error('disk full'), { code: '53100' });

const aRow = (n: number, more: Partial<NewWebhook> = {}): NewWebhook => ({
  id: `id-${n}`,
  endpointId: 'e',
  shard: n % 16,
  sourceIp: '::1',
  headers: '{}',
  raw: Buffer.alloc(100),
  origin: 'http',
  replayOf: null,
  replayRules: null,
  deliveryDigest: null,
  ...more,
});
const all = (rows: readonly NewWebhook[]): WrittenWebhook[] =>
  rows.map(({ id }) => ({ id, outcome: 'queued', requestId: id }));

interface World {
  inbox: InboxWriter;
  watch: DatabaseWatch & { reachable: boolean; losses: number };
  batches: string[][];
  committed: string[];
  partitions: number;
}

function aWorld(
  write: (rows: readonly NewWebhook[], call: number) => Promise<WrittenWebhook[]>,
  limits: Partial<InboxLimits> = {},
): World {
  const listeners: (() => void)[] = [];
  const watch = {
    reachable: true,
    losses: 0,
    isReachable: () => watch.reachable,
    lost: () => {
      watch.reachable = false;
      watch.losses += 1;
      for (const listener of listeners) listener();
    },
    onLost: (listener: () => void) => void listeners.push(listener),
    start: () => Promise.resolve(),
    stop: () => undefined,
  };
  const world: World = { watch, batches: [], committed: [], partitions: 0, inbox: undefined as unknown as InboxWriter };
  world.inbox = createInboxWriter({
    watch,
    log: pino({ level: 'silent' }),
    limits: { ...INBOX_LIMITS, gapMs: 0, ...limits },
    write: (rows) => {
      world.batches.push(rows.map(({ id }) => id));
      return write(rows, world.batches.length);
    },
    ensurePartitions: async () => void (world.partitions += 1),
    committed: (rows) => world.committed.push(...rows.map(({ id }) => id)),
  });
  return world;
}

const rows = (count: number, from = 0) => Array.from({ length: count }, (_, index) => aRow(from + index));
const kinds = (outcomes: { kind: string }[]) => outcomes.map(({ kind }) => kind);

describe('the inbox writer', () => {
  it('joins what arrives in one turn into one batch, at most 250 rows, and tells all only after the commit', async () => {
    let commit = () => undefined as void;
    const world = aWorld((batch) => new Promise((resolve) => (commit = () => resolve(all(batch)))), {
      batchesInFlight: 1,
    });
    let told = 0;
    const outcomes = rows(251).map((row) => world.inbox.submit(row).then((outcome) => (told++, outcome)));
    await new Promise(setImmediate);
    expect(world.batches.map(({ length }) => length)).toEqual([250]);
    await new Promise(setImmediate);
    expect(told).toBe(0);
    commit();
    await outcomes[0];
    await new Promise(setImmediate);
    expect(world.batches.map(({ length }) => length)).toEqual([250, 1]);
    commit();
    expect(new Set(kinds(await Promise.all(outcomes)))).toEqual(new Set(['queued']));
    expect(world.committed).toHaveLength(251);
  });

  it('sends a row that comes alone at once, and those that come soon after it together', async () => {
    const world = aWorld(async (batch) => all(batch), { gapMs: 50 });
    const [first, ...later] = rows(4);
    if (first === undefined) throw new Error('There is a first row.');
    const began = performance.now();
    await world.inbox.submit(first);
    expect(performance.now() - began).toBeLessThan(50);
    const outcomes = later.map(async (row, at) => {
      for (let turns = 0; turns < at; turns++) await new Promise(setImmediate);
      return world.inbox.submit(row);
    });
    await Promise.all(outcomes);
    expect(world.batches.map(({ length }) => length)).toEqual([1, 3]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(49);
  });

  it('has never more than two batches under way, and cuts them by bytes too', async () => {
    let underWay = 0;
    let most = 0;
    const sizes: number[] = [];
    const world = aWorld(
      async (batch) => {
        most = Math.max(most, ++underWay);
        sizes.push(batch.reduce((sum, { raw }) => sum + raw.length, 0));
        await new Promise(setImmediate);
        underWay -= 1;
        return all(batch);
      },
      { bytesPerBatch: 5_000 },
    );
    const outcomes = await Promise.all(rows(60).map((row) => world.inbox.submit({ ...row, raw: Buffer.alloc(1_000) })));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['queued']));
    expect(most).toBe(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000);
  });

  it('takes a single row that is larger than a batch may be', async () => {
    const world = aWorld(async (batch) => all(batch), { bytesPerBatch: 10 });
    expect(kinds(await Promise.all(rows(3).map(world.inbox.submit)))).toEqual(['queued', 'queued', 'queued']);
    expect(world.batches).toHaveLength(3);
  });

  it.each([[[0]], [[99]], [[17, 63]], [[40, 41, 42]]])(
    'halves a batch of 100 until the culprits %j alone are refused',
    async (culprits) => {
      const isBad = ({ id }: NewWebhook) => culprits.includes(Number(id.slice(3)));
      const world = aWorld(async (batch) => {
        if (batch.some(isBad)) throw DATA_FAULT;
        return all(batch);
      });
      const outcomes = await Promise.all(rows(100).map(world.inbox.submit));
      expect(outcomes.flatMap(({ kind }, index) => (kind === 'unstorable' ? [index] : []))).toEqual(culprits);
      expect(world.committed).toHaveLength(100 - culprits.length);
      expect(new Set(world.committed).size).toBe(world.committed.length);
      expect(world.batches.length).toBeLessThan(16 * culprits.length);
      expect(world.watch.losses).toBe(0);
    },
  );

  it('sends a batch whose outcome is unknown once more with the same ids', async () => {
    const world = aWorld(async (batch, call) => {
      if (call === 1) throw BROKEN;
      return all(batch);
    });
    expect(kinds(await Promise.all(rows(3).map(world.inbox.submit)))).toEqual(['queued', 'queued', 'queued']);
    expect(world.batches[1]).toEqual(world.batches[0]);
    expect(world.watch.losses).toBe(0);
  });

  it('refuses it after the second failure, takes Postgres for lost, and refuses what waits and what comes at once', async () => {
    const world = aWorld(async () => Promise.reject(AWAY), { rowsPerBatch: 1, batchesInFlight: 1 });
    const outcomes = await Promise.all(rows(5).map(world.inbox.submit));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['unavailable']));
    expect(world.batches).toEqual([['id-0'], ['id-0']]);
    expect(world.watch.losses).toBe(1);
    expect((await world.inbox.submit(aRow(9))).kind).toBe('unavailable');
    expect(world.batches).toHaveLength(2);
    expect(world.inbox.queuedBytes()).toBe(0);
    world.watch.reachable = true;
  });

  it('takes a server that hangs for lost at the first time-out, and still tells the truth of the second try', async () => {
    const world = aWorld(
      async (batch, call) => {
        if (call === 1) throw new NoAnswerError('hangs');
        return all(batch);
      },
      { rowsPerBatch: 1, batchesInFlight: 1 },
    );
    const outcomes = await Promise.all(rows(3).map(world.inbox.submit));
    expect(kinds(outcomes)).toEqual(['queued', 'unavailable', 'unavailable']);
    expect(world.committed).toEqual(['id-0']);
  });

  it('refuses what the server refused twice, without taking it for lost', async () => {
    const world = aWorld(async () => Promise.reject(FULL));
    expect(kinds(await Promise.all(rows(2).map(world.inbox.submit)))).toEqual(['unavailable', 'unavailable']);
    expect(world.batches).toHaveLength(2);
    expect(world.watch.losses).toBe(0);
  });

  it('makes the partition that is missing and writes again', async () => {
    const world = aWorld(async (batch, call) => {
      if (call === 1) throw NO_PARTITION;
      return all(batch);
    });
    expect((await world.inbox.submit(aRow(1))).kind).toBe('queued');
    expect(world.partitions).toBe(1);
  });

  it('is bounded in bytes: what is over is refused at once, and there is room again after the commit', async () => {
    let commit = () => undefined as void;
    const world = aWorld((batch) => new Promise((resolve) => (commit = () => resolve(all(batch)))), {
      queuedBytes: 10_000,
      batchesInFlight: 1,
    });
    const outcomes = rows(30).map((row) => world.inbox.submit({ ...row, raw: Buffer.alloc(1_000) }));
    expect(world.inbox.queuedBytes()).toBeLessThanOrEqual(10_000);
    await new Promise(setImmediate);
    commit();
    const settled = kinds(await Promise.all(outcomes));
    const taken = settled.filter((kind) => kind === 'queued').length;
    expect(taken).toBeGreaterThan(3);
    expect(settled.slice(taken)).toEqual(Array(30 - taken).fill('overloaded'));
    expect(world.inbox.queuedBytes()).toBe(0);
  });

  it('joins the same delivery id of one endpoint, whether it waits or is under way; another endpoint is another', async () => {
    const deliveryDigest = Buffer.from('same');
    const world = aWorld(async (batch) => all(batch));
    const [first, second, other] = await Promise.all([
      world.inbox.submit(aRow(1, { deliveryDigest })),
      world.inbox.submit(aRow(2, { deliveryDigest })),
      world.inbox.submit(aRow(3, { deliveryDigest, endpointId: 'f' })),
    ]);
    expect(first).toEqual({ kind: 'queued', requestId: 'id-1' });
    expect(second).toEqual({ kind: 'duplicate', requestId: 'id-1' });
    expect(other).toEqual({ kind: 'queued', requestId: 'id-3' });
    expect(world.batches).toEqual([['id-1', 'id-3']]);
  });

  it('drains: what was taken is settled, what comes later is refused', async () => {
    const world = aWorld(
      async (batch) => {
        await new Promise(setImmediate);
        return all(batch);
      },
      { rowsPerBatch: 2 },
    );
    const taken = Promise.all(rows(9).map(world.inbox.submit));
    const drained = world.inbox.drain();
    expect((await world.inbox.submit(aRow(99))).kind).toBe('unavailable');
    await drained;
    expect(new Set(kinds(await taken))).toEqual(new Set(['queued']));
    await world.inbox.drain();
  });
});
