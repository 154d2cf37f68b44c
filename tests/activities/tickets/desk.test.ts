import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDesk } from '../../../activities/tickets/desk/desk.ts';
import type { TicketSystem } from '../../../activities/tickets/ticket-system.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aDraft, aKey, faultOf, testTicketPort } from './port-conformance.ts';

let database: TestDatabase;
let pool: Pool;
let system: TicketSystem;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'desk-test', max: 5 });
  system = createDesk({ pool, adminUrl: 'http://console' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the desk as a ticket system', () => {
  testTicketPort(() => ({
    system,
    boards: ['Service Board', 'NOC'],
    companies: ['ACME', 'OTHER'],
    priority: 'Priority 1 - Critical',
    closedStatus: 'Closed',
    openStatus: 'In Progress',
    makeByHand: async ({ summary, board, company }) => {
      const { rows } = await pool.query(
        `insert into ticket (key, summary, description, company, board, status, updated_by) values ($1, $2, '', $3, $4, 'New', 'ann') returning id`,
        [`by-hand:${randomUUID()}`, summary, company, board],
      );
      return String((rows[0] as { id: number }).id);
    },
    closeByHand: async (id, status) => {
      await pool.query(
        `update ticket set closed = true, closed_at = now(), status = $2, updated_by = 'ann' where id = $1`,
        [id, status],
      );
    },
    remove: async (id) => {
      await pool.query('delete from ticket where id = $1', [id]);
    },
    notesOf: async (id) => {
      const { rows } = await pool.query(
        'select body, visibility, purpose from ticket_note where ticket_id = $1 order by id',
        [id],
      );
      return rows.map((note: { body: string; visibility: 'internal' | 'public'; purpose: string }) => ({
        text: note.body,
        shownTo: note.purpose === 'resolution' ? 'resolution' : note.visibility,
      }));
    },
    countByKey: async (key) => (await pool.query('select 1 from ticket where key = $1', [key])).rowCount ?? 0,
    describedAs: async (id) =>
      ((await pool.query('select description from ticket where id = $1', [id])).rows[0] as { description: string })
        .description,
  }));
});

describe('the desk', () => {
  it('makes one ticket of one key, however many ask at once', async () => {
    const key = aKey();
    const made = await Promise.all(Array.from({ length: 10 }, () => system.create(aDraft(), key)));
    expect(new Set(made.map((ticket) => ticket.id)).size).toBe(1);
    expect(await system.findByKey(key)).toHaveLength(1);
  });

  it('writes one note of one key, however often it is sent', async () => {
    const made = await system.create(aDraft(), aKey());
    const note = { body: 'again', visibility: 'internal', purpose: 'update', key: `hn:${randomUUID()}` } as const;
    await Promise.all([1, 2, 3].map(() => system.addNote(made.id, note)));
    const { rowCount } = await pool.query('select 1 from ticket_note where key = $1', [note.key]);
    expect(rowCount).toBe(1);
  });

  it('does not hide that a person changed the ticket when it writes a note', async () => {
    const made = await system.create(aDraft(), aKey());
    await pool.query(`update ticket set updated_by = 'ann' where id = $1`, [made.id]);
    await system.addNote(made.id, { body: 'x', visibility: 'internal', purpose: 'update', key: `hn:${randomUUID()}` });
    expect((await system.get(made.id))?.updatedBy).toBe('ann');
  });

  it('links a ticket to its page in the console', async () => {
    const made = await system.create(aDraft(), aKey());
    expect(made.url).toBe(`http://console/tickets/${made.id}`);
  });

  it('takes NUL and lone surrogates in every text', async () => {
    const summary = `nul\u0000 lone\ud800 ${randomUUID()}`;
    const made = await system.create(aDraft({ summary, description: 'a\u0000b\udc00' }), aKey());
    await system.addNote(made.id, {
      body: 'c\u0000\ud800',
      visibility: 'internal',
      purpose: 'update',
      key: `hn:${randomUUID()}`,
    });
    expect((await system.findOpen(aDraft({ summary }))).map((ticket) => ticket.id)).toEqual([made.id]);
  });

  it('is unavailable, without effect, while its database is', async () => {
    const away = createPool('postgres://nobody:secret-word@127.0.0.1:1/none', { name: 'desk-away', max: 1 });
    const desk = createDesk({ pool: away });
    for (const call of [
      () => desk.create(aDraft(), aKey()),
      () => desk.get('1'),
      () => desk.check(),
      () => desk.findByKey('k'),
    ]) {
      const error = await faultOf(call());
      expect(error).toMatchObject({ code: 'unavailable', effect: 'none' });
      expect(error.message).not.toContain('secret-word');
    }
    await away.end();
  });
});
