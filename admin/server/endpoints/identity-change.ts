import { isDeepStrictEqual } from 'node:util';
import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import { openRawOrNull } from '../../../infra/crypto/webhook-raw.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { parseJson } from '../../../infra/json.ts';
import { planWith, type PlanningGround } from '../../../infra/plan-with.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { movesBetween, type Move } from '../../../workflows/domain/moved-incidents.ts';
import type { PlanInput } from '../../../workflows/domain/plan.ts';
import type { AdminContext } from '../context.ts';
import { ticketLink } from '../tickets/ticket-link.ts';
import { planningGround } from './planning.ts';

/** An open incident that the sender's next alert would not find again. */
export interface MovedIncident {
  id: string;
  summary: string;
  ticketId: string | null;
  ticketUrl: string | null;
  /** The webhook that was planned both ways. */
  requestId: string;
  becomes: Move['becomes'];
}

interface OpenRow {
  id: string;
  key: string;
  summary: string;
  connection: string;
  ticketId: string | null;
  ticketUrl: string | null;
  webhookId: string;
}

const TOGETHER = 25;
const NAMED = 3;

/**
 * The open incidents whose identity a change of the configuration would alter: the last recorded webhook of each is planned
 * with both, by the rules live traffic goes through. Incidents whose webhooks are gone or cannot be opened cannot be judged.
 */
export async function findMovedIncidents(
  context: Pick<AdminContext, 'cipher' | 'config'>,
  db: Queryable,
  endpoint: { id: string; before: EndpointConfig; after: EndpointConfig },
): Promise<MovedIncident[]> {
  const { id, before, after } = endpoint;
  if (isDeepStrictEqual(before.ticketing, after.ticketing)) return [];
  const open = await readOpen(db, id);
  if (open.length === 0) return [];
  const ground = await planningGround(context, db);
  return compareRules(context, db, open, {
    before: { ground, endpoint: { id, version: 0, compiled: compileEndpoint(before) } },
    after: { ground, endpoint: { id, version: 0, compiled: compileEndpoint(after) } },
  });
}

/** The open incidents of all endpoints whose identity other masking words would alter: a masked name or customer is another one. */
export async function findMovedByMasking(
  context: Pick<AdminContext, 'cipher' | 'config'>,
  db: Queryable,
  maskingWords: readonly string[],
): Promise<MovedIncident[]> {
  const ground = await planningGround(context, db);
  const later = { ...ground, globals: { ...ground.globals, secretWords: maskingWords } };
  const { rows } = await db.query<{ id: string; config: EndpointConfig }>(
    'select id, config from endpoint where deleted_at is null order by id',
  );
  const moved: MovedIncident[] = [];
  for (const { id, config } of rows) {
    const open = await readOpen(db, id);
    if (open.length === 0) continue;
    const endpoint = { id, version: 0, compiled: compileEndpoint(config) };
    const rules = { before: { ground, endpoint }, after: { ground: later, endpoint } };
    moved.push(...(await compareRules(context, db, open, rules)));
  }
  return moved;
}

interface Rules {
  ground: PlanningGround;
  endpoint: PlanInput['endpoint'];
}

async function compareRules(
  context: Pick<AdminContext, 'cipher' | 'config'>,
  db: Queryable,
  open: readonly OpenRow[],
  { before, after }: { before: Rules; after: Rules },
): Promise<MovedIncident[]> {
  const byWebhook = Map.groupBy(open, ({ webhookId }) => webhookId);
  const moved: MovedIncident[] = [];
  for await (const { requestId, receivedAt, bytes } of readBodies(context, db, before.endpoint.id, [
    ...byWebhook.keys(),
  ])) {
    const parsed = parseJson(bytes);
    if (!parsed.ok) continue;
    const rows = byWebhook.get(requestId) ?? [];
    const webhook = { requestId, receivedAt, body: parsed.value };
    const plans = [
      planWith(before.ground, before.endpoint, webhook),
      planWith(after.ground, after.endpoint, webhook),
    ] as const;
    const moves = movesBetween(
      ...plans,
      rows.map(({ key }) => key),
    );
    for (const { incidentKey, becomes } of moves) {
      const row = rows.find(({ key }) => key === incidentKey);
      if (row) moved.push(present(context, row, becomes));
    }
  }
  return moved;
}

/** A sentence that names the first of them. */
export function nameMoved(moved: readonly MovedIncident[]): string {
  const named = moved
    .slice(0, NAMED)
    .map(({ summary, ticketId }) => `“${summary}” (${ticketId === null ? 'no ticket yet' : `ticket ${ticketId}`})`);
  const more = moved.length > NAMED ? ` and ${moved.length - NAMED} more` : '';
  const count = moved.length === 1 ? 'One open incident' : `${moved.length} open incidents`;
  return `${count} would get another identity: ${named.join(', ')}${more}.`;
}

function present(
  context: Pick<AdminContext, 'config'>,
  row: OpenRow,
  becomes: MovedIncident['becomes'],
): MovedIncident {
  const { id, summary, ticketId, connection, webhookId: requestId } = row;
  const link = ticketId === null ? null : ticketLink(context, connection, ticketId, row.ticketUrl);
  return { id, summary, ticketId, ticketUrl: link, requestId, becomes };
}

async function readOpen(db: Queryable, endpointId: string): Promise<OpenRow[]> {
  const { rows } = await db.query<OpenRow>(
    `select i.id, i.key, i.summary, i.connection, i.ticket_id as "ticketId", i.ticket_url as "ticketUrl", last.webhook_id as "webhookId"
       from incident i
       join lateral (select a.webhook_id from alert a where a.incident_id = i.id and a.kind <> 'close' order by a.seq desc, a.n desc limit 1) last on true
      where i.endpoint_id = $1
        and (i.ticket_id is not null or i.want = 'open'
             or exists (select from alert a where a.incident_id = i.id and not a.settled and a.kind <> 'close'))
      order by i.created_at, i.id`,
    [endpointId],
  );
  return rows;
}

async function* readBodies(
  { cipher }: Pick<AdminContext, 'cipher'>,
  db: Queryable,
  endpointId: string,
  ids: readonly string[],
): AsyncGenerator<{ requestId: string; receivedAt: string; bytes: Buffer }> {
  for (let from = 0; from < ids.length; from += TOGETHER) {
    const { rows } = await db.query<{ id: string; raw: Buffer; received_at: Date }>(
      'select id, raw, received_at from webhook where id = any($1::uuid[]) and endpoint_id = $2',
      [ids.slice(from, from + TOGETHER), endpointId],
    );
    for (const { id, raw, received_at } of rows) {
      const bytes = openRawOrNull(cipher, { id, endpointId }, raw);
      if (bytes !== null) yield { requestId: id, receivedAt: received_at.toISOString(), bytes };
    }
  }
}
