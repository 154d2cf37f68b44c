import { z } from 'zod';
import type { HistoryFilter, Slice } from '../../../infra/history/filter.ts';
import { companyLimit } from '../company-limit.ts';
import type { VerbContext } from '../verb.ts';
import type { HistoryFilterInput } from './schemas.ts';

/** A condition and the values of its parameters. */
export interface Filter {
  where: string;
  values: unknown[];
}

/** What a query asks for, as plain JSON. */
export function filterOf({ from, to, ...rest }: z.output<typeof HistoryFilterInput>): HistoryFilter {
  const { endpoint, status, action, ticket, source, q } = rest;
  const times = { ...(from ? { from: from.toISOString() } : {}), ...(to ? { to: to.toISOString() } : {}) };
  const given = Object.entries({ endpoint, status, action, ticket, source, q }).filter(([, value]) => value);
  return { ...Object.fromEntries(given), ...times } as HistoryFilter;
}

/** What limits the actor to the webhooks of a company; null without a limit. */
export function ownWebhooks(context: VerbContext): NonNullable<Slice['and']> | null {
  return context.actor.company === null ? null : (given) => companyLimit(context, 'webhook w', given);
}

/** The same over refusals (`r`), or null where the filter leaves none: they are failed, without action and ticket. */
export function refusalFilter(context: VerbContext, filter: HistoryFilter, before: string | null): Filter | null {
  if ((filter.status && filter.status !== 'failed') || (filter.action && filter.action !== 'none') || filter.ticket)
    return null;
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const where = [companyLimit(context, 'refusal r', given)];
  if (before !== null) where.push(`r.id < ${given(before)}`);
  if (filter.from) where.push(`r.at >= ${given(filter.from)}`);
  if (filter.to) where.push(`r.at <= ${given(filter.to)}`);
  if (filter.endpoint) where.push(`r.endpoint_id = ${given(filter.endpoint)}`);
  if (filter.source) where.push(`r.source_ip = ${given(filter.source)}`);
  if (filter.q) {
    const like = given(`%${escapeLike(filter.q)}%`);
    where.push(
      z.uuid().safeParse(filter.q).success
        ? `(r.id = ${given(filter.q)} or r.message ilike ${like})`
        : `r.message ilike ${like}`,
    );
  }
  return { where: where.join(' and '), values };
}

function escapeLike(text: string): string {
  return text.replace(/[%_\\]/g, '\\$&');
}
