import type { Queryable } from '../../../infra/database/pool.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { notFound } from '../errors.ts';
import { asInput } from './present.ts';
import { EndpointInput } from './schemas.ts';
import type { VersionView } from './version-schemas.ts';

export interface VersionRow {
  version: number;
  config: EndpointConfig;
  saved_by: string;
  saved_at: Date;
}

/** One kept version. `given` is as it stands in an address: what is no number reads as not there. Throws `not-found`. */
export async function findVersion(db: Queryable, endpointId: string, given: string): Promise<VersionRow> {
  if (!/^[1-9]\d{0,8}$/.test(given)) throw notFound('version');
  const { rows } = await db.query<VersionRow>(
    'select version, config, saved_by, saved_at from endpoint_version where endpoint_id = $1 and version = $2',
    [endpointId, Number(given)],
  );
  const [row] = rows;
  if (!row) throw notFound('version');
  return row;
}

export function presentVersion(row: Omit<VersionRow, 'config'>, current: number): VersionView {
  const { version, saved_by: savedBy, saved_at: savedAt } = row;
  return { version, savedBy, savedAt: savedAt.toISOString(), isCurrent: version === current };
}

/** What two versions are compared by: the ids of secrets, which tell one from another, but not the place in lists. */
export function comparable(config: EndpointConfig): object {
  const { position: _, ...compared } = asSent(config);
  return { ...compared, verification: config.verification };
}

/** A kept configuration as one would send it: fields that came later have their defaults, secrets are masked. */
export function asSent(config: EndpointConfig): EndpointInput {
  const shown = asInput(config);
  const parsed = EndpointInput.safeParse(shown);
  return parsed.success ? parsed.data : shown;
}
