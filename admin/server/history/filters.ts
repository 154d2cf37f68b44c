import { z } from 'zod';
import { companyLimit } from '../company-limit.ts';
import type { VerbContext } from '../verb.ts';
import { firstIdAt } from './first-id.ts';
import type { HistoryQuery } from './schemas.ts';
import { STATUS } from './webhook-row.ts';

/** A condition and the values of its parameters. */
export interface Filter {
  where: string;
  values: unknown[];
}

const CLOCKS_APART_MS = 60_000;

/** The condition over webhooks (`w`, `t`, `a`) of a query. Times bound the ids too, which leaves whole days' partitions unread. */
export function webhookFilter(context: VerbContext, query: HistoryQuery, before: string | null): Filter {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const where = [companyLimit(context, 'webhook w', given)];
  if (before !== null) where.push(`w.id < ${given(before)}`);
  if (query.from)
    where.push(
      `w.id >= ${given(firstIdAt(new Date(query.from.getTime() - CLOCKS_APART_MS)))} and w.received_at >= ${given(query.from)}`,
    );
  if (query.to)
    where.push(
      `w.id < ${given(firstIdAt(new Date(query.to.getTime() + CLOCKS_APART_MS)))} and w.received_at <= ${given(query.to)}`,
    );
  if (query.endpoint) where.push(`w.endpoint_id = ${given(query.endpoint)}`);
  if (query.source) where.push(`w.source_ip = ${given(query.source)}`);
  if (query.status) where.push(`${STATUS} = ${given(query.status)}`);
  if (query.action)
    where.push(
      query.action === 'none'
        ? noAction
        : `exists (select from alert x where x.webhook_id = w.id and x.action = ${given(query.action)})`,
    );
  if (query.ticket)
    where.push(
      `exists (select from alert x where x.webhook_id = w.id and x.ticket = ${given(query.ticket.replace(/^#/, ''))})`,
    );
  if (query.q) {
    const like = given(`%${escapeLike(query.q)}%`);
    const isId = z.uuid().safeParse(query.q).success ? `w.id = ${given(query.q)} or ` : '';
    where.push(
      `(${isId}t.search ilike ${like} or w.failure ilike ${like} or exists (select from alert x where x.webhook_id = w.id and (x.message ilike ${like} or x.error ilike ${like})))`,
    );
  }
  return { where: where.join(' and '), values };
}

/** The same over refusals (`r`), or null where the query leaves none: they are failed, without action and ticket. */
export function refusalFilter(context: VerbContext, query: HistoryQuery, before: string | null): Filter | null {
  if ((query.status && query.status !== 'failed') || (query.action && query.action !== 'none') || query.ticket)
    return null;
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const where = [companyLimit(context, 'refusal r', given)];
  if (before !== null) where.push(`r.id < ${given(before)}`);
  if (query.from) where.push(`r.at >= ${given(query.from)}`);
  if (query.to) where.push(`r.at <= ${given(query.to)}`);
  if (query.endpoint) where.push(`r.endpoint_id = ${given(query.endpoint)}`);
  if (query.source) where.push(`r.source_ip = ${given(query.source)}`);
  if (query.q) {
    const like = given(`%${escapeLike(query.q)}%`);
    where.push(
      z.uuid().safeParse(query.q).success
        ? `(r.id = ${given(query.q)} or r.message ilike ${like})`
        : `r.message ilike ${like}`,
    );
  }
  return { where: where.join(' and '), values };
}

const noAction = `not exists (select from alert x where x.webhook_id = w.id and x.action <> 'none')`;

function escapeLike(text: string): string {
  return text.replace(/[%_\\]/g, '\\$&');
}
