import { hasAction, hasStatus, STATE_OF } from './alert-conditions.ts';
import type { Given, HistoryFilter, Slice, Statement } from './filter.ts';
import { firstIdAt } from './first-id.ts';

const CLOCKS_APART_MS = 60_000;
/** Three letters make the first trigram; less is looked for row by row. */
const LEAST_OF_INDEX = 3;
const MOST_LOOKED_AT = 20_000;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Asked {
  filter: HistoryFilter;
  slice: Slice;
  given: Given;
}

/** One way in which webhooks match: tables, the column with the webhook's id, and conditions. */
interface Branch {
  from: string;
  id: string;
  where: string[];
}

/**
 * The statement that answers the ids of a slice of the matching webhooks, in order. Each way to match is read by an index of
 * its own in the order of ids, so that it ends with the page however many rows match or do not.
 */
export function matchingIds(filter: HistoryFilter, slice: Slice): Statement {
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const direction = slice.order === 'newest' ? 'desc' : 'asc';
  const end = `limit ${slice.limit}`;
  const parts = branchesOf({ filter, slice, given }).map(
    ({ from, id, where }) =>
      `(select ${id} as id from ${from} where ${['true', ...where].join(' and ')} order by ${id} ${direction} ${end})`,
  );
  if (parts.length === 0) return { text: 'select null::uuid as id where false', values: [] };
  const text =
    parts.length === 1
      ? `select id from ${parts[0] ?? ''} p`
      : `select distinct id from (${parts.join(' union all ')}) p order by id ${direction} ${end}`;
  return { text, values };
}

function branchesOf(asked: Asked): Branch[] {
  const { filter } = asked;
  if (filter.q !== undefined && filter.q !== '') return textBranches(asked, filter.q);
  if (filter.ticket !== undefined)
    return alertBranches(asked, `x.ticket = ${asked.given(ticketOf(filter.ticket))}`, { ...filter, ticket: undefined });
  if (filter.status === 'received') return isQuiet(filter) ? [webhookBranch(asked, [`w.state = 'received'`])] : [];
  if (filter.status !== undefined)
    return [
      ...alertBranches(
        asked,
        `x.state = '${STATE_OF[filter.status]}'`,
        filter.status === 'failed' ? { ...filter, status: undefined } : filter,
      ),
      ...(filter.status === 'failed' && isQuiet(filter) ? [webhookBranch(asked, [`w.state = 'failed'`])] : []),
    ];
  if (filter.action === 'none')
    return [
      ...alertBranches(asked, `x.action = 'none'`, filter),
      webhookBranch(asked, [`w.state = 'failed'`]),
      webhookBranch(asked, [`w.state = 'received'`]),
    ];
  if (filter.action !== undefined)
    return alertBranches(asked, `x.action = ${asked.given(filter.action)}`, { ...filter, action: undefined });
  if (filter.source === undefined) return [webhookBranch(asked, [])];
  return [webhookBranch(asked, [`w.state <> 'received'`]), webhookBranch(asked, [`w.state = 'received'`])];
}

/** Webhooks themselves; what is not planned has no alerts to look at. */
function webhookBranch(asked: Asked, more: readonly string[]): Branch {
  return { from: webhookTables(asked), id: 'w.id', where: [...onWebhook(asked), ...more] };
}

/**
 * Alerts that `match`, each webhook by the first of them. The webhook itself is read only where something is asked of it: it
 * has indexes by endpoint and, once planned, by source. `left` is what of the filter `match` does not say already.
 */
function alertBranches(asked: Asked, match: string, left: HistoryFilter): Branch[] {
  const { filter, slice } = asked;
  const needsWebhook = filter.source !== undefined || filter.endpoint !== undefined || Boolean(slice.and);
  const first = `x.n = (select min(s.n) from alert s where s.webhook_id = x.webhook_id and ${match.replaceAll('x.', 's.')})`;
  return [
    {
      from: needsWebhook ? `alert x join ${webhookTables(asked, 'x.webhook_id')}` : 'alert x',
      id: 'x.webhook_id',
      where: [
        match,
        first,
        ...bounds(asked, 'x.webhook_id', 'x.received_at'),
        ...(needsWebhook ? onWebhook(asked) : []),
        ...(filter.source === undefined ? [] : [`w.state <> 'received'`]),
        ...onAlerts({ ...asked, filter: left }, 'x.webhook_id'),
      ],
    },
  ];
}

function textBranches(asked: Asked, q: string): Branch[] {
  const { filter, given } = asked;
  const like = given(`%${q.replace(/[%_\\]/g, '\\$&')}%`);
  const isShort = q.length < LEAST_OF_INDEX && asked.slice.order === 'newest';
  const since = (id: string) => (isShort ? ` and ${id} >= ${lowestOfNewest(asked)}` : '');
  const found = (tables: string, id: string, match: string): Branch => ({
    from: `${tables} join ${webhookTables(asked, id)}`,
    id: 'w.id',
    where: [
      match,
      ...bounds(asked, id, null),
      ...onWebhook(asked),
      ...(filter.status === 'received' ? ['false'] : []),
      ...onAlerts(asked, 'w.id'),
    ],
  });
  const alone = (match: string): Branch => ({
    ...webhookBranch(asked, [
      match,
      ...statusOfWebhook(asked),
      ...onAlerts({ ...asked, filter: { ...filter, status: undefined } }, 'w.id'),
    ]),
  });
  return [
    found('webhook_text t', 't.id', `t.search ilike ${like}${since('t.id')}`),
    found('alert x', 'x.webhook_id', `x.error ilike ${like}${since('x.webhook_id')}`),
    found('alert x', 'x.webhook_id', `x.ticket = ${given(ticketOf(q))}`),
    alone(`w.state = 'failed' and w.failure ilike ${like}`),
    ...(UUID.test(q)
      ? [alone(`w.id = ${given(q)}::uuid`), found('alert x', 'x.webhook_id', `x.incident_id = ${given(q)}::uuid`)]
      : []),
  ];
}

/** The id down to which a text is looked for that is too short for the index: so many of the slice are looked at. */
function lowestOfNewest(asked: Asked): string {
  const where = ['true', ...bounds(asked, 'id', null)].join(' and ');
  return `coalesce((select id from webhook where ${where} order by id desc offset ${MOST_LOOKED_AT} limit 1), '${LOWEST_ID}')`;
}

function statusOfWebhook({ filter: { status } }: Asked): string[] {
  if (status === undefined) return [];
  if (status === 'received') return [`w.state = 'received'`];
  if (status === 'failed') return [`(w.state = 'failed' or ${hasStatus('w.id', 'failed')})`];
  return [`w.state = 'planned' and ${hasStatus('w.id', status)}`];
}

function onAlerts({ filter, given }: Asked, id: string): string[] {
  return [
    ...(filter.status === undefined || filter.status === 'received' ? [] : [hasStatus(id, filter.status)]),
    ...(filter.action === undefined ? [] : [hasAction(id, filter.action)]),
    ...(filter.ticket === undefined
      ? []
      : [`exists (select from alert s where s.webhook_id = ${id} and s.ticket = ${given(ticketOf(filter.ticket))})`]),
  ];
}

function onWebhook(asked: Asked): string[] {
  const { filter, slice, given } = asked;
  return [
    ...bounds(asked, 'w.id', 'w.received_at'),
    ...(filter.endpoint === undefined ? [] : [`w.endpoint_id = ${given(filter.endpoint)}`]),
    ...(filter.source === undefined ? [] : [`w.source_ip = ${given(filter.source)}`]),
    ...(slice.and ? [slice.and(given)] : []),
  ];
}

/** Bounds of the ids, which leave whole days' partitions unread, and of the time itself. */
function bounds(
  { filter: { from, to }, slice: { before, after }, given }: Asked,
  id: string,
  at: string | null,
): string[] {
  const shifted = (time: string, ms: number) => given(firstIdAt(new Date(Date.parse(time) + ms)));
  return [
    ...(before ? [`${id} < ${given(before)}`] : []),
    ...(after ? [`${id} > ${given(after)}`] : []),
    ...(from === undefined ? [] : [`${id} >= ${shifted(from, -CLOCKS_APART_MS)}`]),
    ...(to === undefined ? [] : [`${id} < ${shifted(to, CLOCKS_APART_MS)}`]),
    ...(from === undefined || at === null ? [] : [`${at} >= ${given(from)}::timestamptz`]),
    ...(to === undefined || at === null ? [] : [`${at} <= ${given(to)}::timestamptz`]),
  ];
}

function webhookTables({ slice }: Asked, id?: string): string {
  const on = id === undefined ? '' : ` on w.id = ${id}`;
  return `webhook w${on}${slice.and ? ' left join endpoint e on e.id = w.endpoint_id' : ''}`;
}

const isQuiet = ({ action, ticket }: HistoryFilter): boolean => (action ?? 'none') === 'none' && ticket === undefined;
const ticketOf = (text: string): string => text.replace(/^#/, '');
