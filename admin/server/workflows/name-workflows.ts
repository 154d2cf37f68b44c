import type { Queryable } from '../../../infra/database/pool.ts';

/** What a workflow is about. */
export interface NamedWorkflow {
  incidentId: string | null;
  endpointId: string | null;
  endpointName: string | null;
  title: string | null;
}

const OF_ENDPOINT = /^(?:incident|heartbeat):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/;

/** What workflows are about, by their ids, in one query each for incidents and endpoints. */
export async function nameWorkflows(db: Queryable, ids: readonly string[]): Promise<(id: string) => NamedWorkflow> {
  const endpointOf = (id: string): string | null => OF_ENDPOINT.exec(id)?.[1] ?? null;
  const [incidents, endpoints] = await Promise.all([
    db.query<{ id: string; key: string; summary: string }>(
      'select id, key, summary from incident where key = any($1)',
      [ids],
    ),
    db.query<{ id: string; name: string }>('select id, name from endpoint where id = any($1::uuid[])', [
      ids.flatMap((id) => endpointOf(id) ?? []),
    ]),
  ]);
  const byKey = new Map(incidents.rows.map((row) => [row.key, row]));
  const byId = new Map(endpoints.rows.map((row) => [row.id, row]));
  return (id) => {
    const incident = byKey.get(id);
    const endpoint = byId.get(endpointOf(id) ?? '');
    return {
      incidentId: incident?.id ?? null,
      endpointId: endpoint?.id ?? null,
      endpointName: endpoint?.name ?? null,
      title: incident?.summary ?? endpoint?.name ?? null,
    };
  };
}
