import type { AdminContext } from '../context.ts';
import type { TicketDetail, TicketView } from './schemas.ts';

export interface TicketRow {
  id: number;
  summary: string;
  description: string;
  company: string | null;
  board: string;
  status: string;
  type: string | null;
  subtype: string | null;
  item: string | null;
  priority: string | null;
  severity: string | null;
  impact: string | null;
  closed: boolean;
  incident_id: string | null;
  note_count: number;
  created_at: Date;
  updated_at: Date;
  updated_by: string;
  closed_at: Date | null;
}

export interface NoteRow {
  id: number;
  body: string;
  visibility: 'internal' | 'public';
  purpose: 'update' | 'analysis' | 'resolution';
  author: string;
  at: Date;
}

export const TICKET_COLUMNS = `t.id, t.summary, t.description, t.company, t.board, t.status, t.type, t.subtype, t.item, t.priority, t.severity, t.impact, t.closed,
  (select i.id from incident i where i.connection = 'desk' and t.id::text in (i.ticket_id, i.last_ticket_id) order by i.updated_at desc limit 1) as incident_id,
  (select count(*) from ticket_note n where n.ticket_id = t.id) as note_count, t.created_at, t.updated_at, t.updated_by, t.closed_at`;

export function presentTicket({ config }: AdminContext, row: TicketRow): TicketView {
  const { incident_id, note_count, created_at, updated_at, updated_by, closed_at, ...fields } = row;
  return {
    ...fields,
    id: String(row.id),
    incidentId: incident_id,
    noteCount: note_count,
    url: `${config.ADMIN_URL}/tickets/${row.id}`,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
    updatedBy: updated_by,
    closedAt: closed_at?.toISOString() ?? null,
  };
}

export function presentNote(row: NoteRow): TicketDetail['notes'][number] {
  return { ...row, id: String(row.id), at: row.at.toISOString() };
}
