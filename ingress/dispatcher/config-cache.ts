import { compileEndpoint } from '../../infra/compile-endpoint.ts';
import { loadEndpointVersion } from '../../infra/database/config-store.ts';
import { loadPlanningGlobals, type PlanningGlobals } from '../../infra/database/planning-globals.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { CompiledEndpoint } from '../../workflows/domain/compiled-endpoint.ts';

const MOST_KEPT = 5_000;

export interface KnownEndpoint {
  id: string;
  version: number;
  compiled: CompiledEndpoint;
}

/** The configuration as one transaction sees it. */
export interface PlanningConfig extends PlanningGlobals {
  endpoints: ReadonlyMap<string, KnownEndpoint>;
}

export interface ConfigCache {
  /** The configuration of these endpoints (those that are known) and of all, as of the global `version`, read in the same transaction. */
  load(tx: Queryable, version: number, endpointIds: readonly string[]): Promise<PlanningConfig>;
  /** An endpoint as one of its earlier versions had it; null when that is not kept. */
  loadVersion(tx: Queryable, endpointId: string, version: number): Promise<KnownEndpoint | null>;
}

/** Keeps compiled configurations. One cheap look at the global version a transaction tells whether any of them may have changed. */
export function createConfigCache(): ConfigCache {
  const endpoints = new Map<string, KnownEndpoint & { seenAt: number }>();
  const versions = new Map<string, KnownEndpoint>();
  let globals: { seenAt: number; known: PlanningGlobals } | null = null;

  const refresh = async (tx: Queryable, ids: readonly string[], now: number): Promise<void> => {
    const { rows } = await tx.query<{ id: string; version: number; config: EndpointConfig }>({
      name: 'planning-endpoints',
      text: 'select id, version, config from endpoint where id = any($1::uuid[])',
      values: [ids],
    });
    if (endpoints.size + rows.length > MOST_KEPT) endpoints.clear();
    for (const { id, version, config } of rows) {
      const known = endpoints.get(id);
      endpoints.set(id, {
        id,
        version,
        seenAt: now,
        compiled: known?.version === version ? known.compiled : compileEndpoint(config),
      });
    }
  };

  return {
    async load(tx, now, endpointIds) {
      if (globals?.seenAt !== now) globals = { seenAt: now, known: await loadPlanningGlobals(tx) };
      const stale = endpointIds.filter((id) => endpoints.get(id)?.seenAt !== now);
      if (stale.length > 0) await refresh(tx, stale, now);
      const found = endpointIds.flatMap((id) => endpoints.get(id) ?? []);
      return {
        endpoints: new Map(found.map((endpoint) => [endpoint.id, endpoint])),
        ...globals.known,
      };
    },
    async loadVersion(tx, endpointId, version) {
      const name = `${endpointId} ${version}`;
      const known = versions.get(name);
      if (known !== undefined) return known;
      const config = await loadEndpointVersion(tx, endpointId, version);
      if (config === null) return null;
      const made = { id: endpointId, version, compiled: compileEndpoint(config) };
      if (versions.size >= MOST_KEPT) versions.clear();
      versions.set(name, made);
      return made;
    },
  };
}
