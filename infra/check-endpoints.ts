import type { EndpointConfig } from '../workflows/contracts/endpoint-config.ts';
import { BOARD_KINDS, type CatalogKind } from '../workflows/contracts/catalog.ts';
import { createNameCheck, type KnownList } from '../workflows/domain/catalog-check.ts';
import type { ExpressionFault } from '../workflows/domain/compiled-endpoint.ts';
import { namedValues, type NamedValue } from '../workflows/domain/named-values.ts';
import { companyProblems, wordProblems } from '../workflows/domain/setting-problems.ts';
import { compileEndpoint } from './compile-endpoint.ts';
import { compileCron } from './cron.ts';
import { loadCatalogLists } from './database/catalog-store.ts';
import type { Queryable } from './database/pool.ts';

/** What a check measures endpoints by: the ticket system they write to and what holds where they name nothing. */
export interface CheckGround {
  connection: string;
  defaultBoard: string;
  defaultCompanyId: string | null;
}

/** The desk takes any of these: a new name there is a new board, type or company. */
const OPEN_ON_DESK: readonly CatalogKind[] = ['boards', 'types', 'subtypes', 'items', 'companies'];

/**
 * What is wrong with each of these configurations, in their order: expressions, windows and status words that cannot work, names
 * that the catalog does not hold, a company that nothing can name. Reads the catalog once for all of them.
 */
export async function checkEndpoints(
  db: Queryable,
  ground: CheckGround,
  configs: readonly EndpointConfig[],
): Promise<ExpressionFault[][]> {
  const values = configs.map((config) =>
    config.ticketing.enabled
      ? namedValues(config, ground.defaultBoard).filter(({ kind }) => isJudged(ground, kind))
      : [],
  );
  const unknownNames = createNameCheck(await listsFor(db, ground, values.flat()));
  const sources = { hasDefault: ground.defaultCompanyId !== null, hasTenants: await hasTenants(db, ground) };
  return configs.map((config, index) => [
    ...compileEndpoint(config).faults,
    ...scheduleProblems(config),
    ...(config.ticketing.enabled ? wordProblems(config) : []),
    ...unknownNames(values[index] ?? []),
    ...(config.ticketing.enabled && ground.connection !== 'desk' ? companyProblems(config, sources) : []),
  ]);
}

/** A cron line or a zone that this version of the calendar cannot read. */
function scheduleProblems({ heartbeat }: EndpointConfig): ExpressionFault[] {
  const { enabled, cron, timezone } = heartbeat;
  const compiled = enabled && cron ? compileCron(cron, timezone ?? 'UTC') : null;
  return compiled === null || compiled.ok ? [] : [{ path: 'heartbeat.cron', message: compiled.message }];
}

function isJudged({ connection }: CheckGround, kind: CatalogKind): boolean {
  return connection !== 'desk' || !OPEN_ON_DESK.includes(kind);
}

async function listsFor(
  db: Queryable,
  { connection }: CheckGround,
  values: readonly NamedValue[],
): Promise<KnownList[]> {
  if (values.length === 0) return [];
  const isAnywhere = values.some(
    ({ kind, board }) => board === null && (BOARD_KINDS as readonly string[]).includes(kind),
  );
  const boards = isAnywhere ? null : values.flatMap(({ board }) => board ?? []);
  return loadCatalogLists(db, connection, [...new Set(values.map(({ kind }) => kind))], boards);
}

async function hasTenants(db: Queryable, { connection }: CheckGround): Promise<boolean> {
  if (connection === 'desk') return true;
  const { rows } = await db.query('select from tenant_mapping limit 1');
  return rows.length > 0;
}
