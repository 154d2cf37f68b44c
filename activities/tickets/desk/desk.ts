import type { Pool } from '../../../infra/database/pool.ts';
import { fitText, noteText } from '../fit-text.ts';
import type { TicketSystem } from '../ticket-system.ts';
import { readDeskCatalog } from './desk-catalog.ts';
import { atDesk, noSuchTicket } from './desk-errors.ts';
import { rowIdOf, snapshotOf, TICKET_COLUMNS, type TicketRow } from './desk-row.ts';

/** How the desk's own writes are signed. */
export const DESK_AUTHOR = 'hookwise';

const LIMITS = { summary: 100, note: 30_000 };

export interface DeskOptions {
  pool: Pool;
  /** Builds the links of tickets; null means no link. */
  adminUrl?: string | null;
  serviceBoard?: string;
  statusNew?: string;
  statusClosed?: string;
  defaultCompanyId?: string | null;
}

/**
 * The built-in ticket desk, on the tables `ticket` and `ticket_note`. A key makes one ticket and one note, however often a
 * call is repeated, so nothing it does has an unknown outcome.
 */
export function createDesk(given: DeskOptions): TicketSystem {
  const { pool } = given;
  const options = {
    adminUrl: given.adminUrl ?? null,
    serviceBoard: given.serviceBoard ?? 'Service Board',
    statusNew: given.statusNew ?? 'New',
    statusClosed: given.statusClosed ?? 'Closed',
    company: given.defaultCompanyId ?? null,
  };
  const read = async (statement: string, values: unknown[]) =>
    (await pool.query(statement, values)).rows.map((row: TicketRow) => snapshotOf(row, options));

  const addNote: TicketSystem['addNote'] = (id, note, signal) =>
    atDesk(signal, async () => {
      const ticket = rowIdOf(id);
      if (ticket === null) throw noSuchTicket(id);
      await pool.query(
        `insert into ticket_note (ticket_id, key, body, visibility, purpose, author) values ($1, $2, $3, $4, $5, $6) on conflict (key) do nothing`,
        [ticket, note.key, noteText(note, LIMITS.note), note.visibility, note.purpose, DESK_AUTHOR],
      );
    });

  const setState: TicketSystem['setState'] = (id, intent, status, signal) =>
    atDesk(signal, async () => {
      const isClosed = intent === 'closed';
      const name = status ?? (isClosed ? options.statusClosed : options.statusNew);
      const [ticket] = await read(
        `update ticket set
           status = case when closed = $2 then status else $3 end,
           closed_at = case when closed = $2 then closed_at when $2 then now() end,
           updated_at = case when closed = $2 then updated_at else now() end,
           updated_by = case when closed = $2 then updated_by else $4 end,
           closed = $2
         where id = $1 returning ${TICKET_COLUMNS}`,
        [rowIdOf(id), isClosed, name, DESK_AUTHOR],
      );
      if (!ticket) throw noSuchTicket(id);
      return ticket;
    });

  return {
    describe: () => ({ kind: 'desk', name: 'desk', keyLookup: 'strong', limits: LIMITS }),

    check: (signal) =>
      atDesk(signal, async () => {
        await pool.query('select 1 from ticket limit 1');
        return [{ level: 'ok', text: 'The built-in desk is ready.' }];
      }),

    catalog: (kind, parent, signal) => atDesk(signal, () => readDeskCatalog(pool, kind, parent, options)),

    findByKey: (key, signal) =>
      atDesk(signal, () => read(`select ${TICKET_COLUMNS} from ticket where key = $1 order by id`, [key])),

    findOpen: (draft, signal) =>
      atDesk(signal, async () => {
        const found = await read(
          `select ${TICKET_COLUMNS} from ticket
           where not closed and summary = $1 and board = $2 and company is not distinct from $3 order by id limit 100`,
          [
            fitText(draft.summary, LIMITS.summary),
            draft.board ?? options.serviceBoard,
            draft.companyId ?? options.company,
          ],
        );
        return found.filter((ticket) => ticket.isOpen);
      }),

    create: (draft, key, signal) =>
      atDesk(signal, async () => {
        const [made] = await read(
          `insert into ticket (key, summary, description, company, board, status, type, subtype, item, priority, severity, impact, updated_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (key) do nothing returning ${TICKET_COLUMNS}`,
          [
            key,
            fitText(draft.summary, LIMITS.summary),
            fitText(draft.description, LIMITS.note),
            draft.companyId ?? options.company,
            draft.board ?? options.serviceBoard,
            draft.status ?? options.statusNew,
            draft.type,
            draft.subtype,
            draft.item,
            draft.priority,
            draft.severity,
            draft.impact,
            DESK_AUTHOR,
          ],
        );
        const ticket = made ?? (await read(`select ${TICKET_COLUMNS} from ticket where key = $1`, [key]))[0];
        if (!ticket) throw noSuchTicket(key);
        return ticket;
      }),

    get: (id, signal) =>
      atDesk(
        signal,
        async () => (await read(`select ${TICKET_COLUMNS} from ticket where id = $1`, [rowIdOf(id)]))[0] ?? null,
      ),

    addNote,

    hasNote: (id, key, signal) =>
      atDesk(signal, async () => {
        const { rowCount } = await pool.query('select 1 from ticket_note where ticket_id = $1 and key = $2', [
          rowIdOf(id),
          key,
        ]);
        return rowCount === 1;
      }),

    setState,

    converge: async (canonical, duplicates, signal) => {
      for (const id of duplicates) {
        const note = {
          body: `This ticket repeats ticket ${canonical}, which goes on.`,
          visibility: 'internal',
          purpose: 'update',
        } as const;
        await addNote(id, { ...note, key: `repeats:${canonical}:${id}` }, signal);
        await setState(id, 'closed', null, signal);
      }
    },
  };
}
