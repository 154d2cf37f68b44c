import { z } from 'zod';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage, type Page } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { differencesOf } from './differences.ts';
import { AuditQuery, type AuditView } from './schemas.ts';

interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  entity: string;
  entity_id: string;
  before: unknown;
  after: unknown;
  source_ip: string | null;
}

/** Who changed what, the newest first, with the places that changed. Secrets were never written. */
export const listAudit = defineVerb({
  name: 'audit.list',
  role: 'operator',
  input: z.object({ query: AuditQuery }),
  run: async (context, { query }): Promise<Page<AuditView>> => {
    const before = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)?.[0];
    if (before === undefined || (before !== null && !IdInput.safeParse(before).success))
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const values: unknown[] = [];
    const given = (value: unknown) => `$${values.push(value)}`;
    const where = ['true'];
    if (before !== null) where.push(`id < ${given(before)}`);
    if (query.actor) where.push(`strpos(lower(actor), lower(${given(query.actor)})) > 0`);
    if (query.action) where.push(`action = ${given(query.action)}`);
    if (query.entity) where.push(`entity = ${given(query.entity)}`);
    if (query.entityId) where.push(`entity_id = ${given(query.entityId)}`);
    if (query.from) where.push(`at >= ${given(query.from)}`);
    if (query.to) where.push(`at <= ${given(query.to)}`);
    const found = await context.pool.query<AuditRow>(
      `select id, at, actor, action, entity, entity_id, before, after, source_ip from audit_entry
        where ${where.join(' and ')} order by id desc limit ${given(query.limit + 1)}`,
      values,
    );
    return toPage(found.rows, query.limit, present, ({ id }) => [id]);
  },
});

function present(row: AuditRow): AuditView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    sourceIp: row.source_ip,
    differences: differencesOf(row.before, row.after),
  };
}
