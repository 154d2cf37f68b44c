import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import { findOverlaps } from '../../../workflows/domain/window-overlap.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { FieldFault } from '../errors.ts';

/** Which of the other windows of all endpoints one meets: allowed, and said. */
export async function globalOverlaps(
  db: Queryable,
  { id, window }: { id: string; window: MaintenanceWindow },
): Promise<FieldFault[]> {
  const { rows } = await db.query<{ name: string; config: MaintenanceWindow }>(
    'select name, config from maintenance_window where id <> $1 order by id',
    [id],
  );
  return overlapsWith(
    window,
    rows.map(({ name, config }) => ({ name, window: config })),
  );
}

/** Which of the others a window meets, by their names. */
export function overlapsWith(
  window: MaintenanceWindow,
  others: readonly { name: string; window: MaintenanceWindow }[],
): FieldFault[] {
  const met = others.filter((other) => findOverlaps([other.window, window], Date.now()).length > 0);
  if (met.length === 0) return [];
  const names = met.slice(0, 3).map(({ name }) => `“${name}”`);
  const more = met.length > 3 ? ` and ${met.length - 3} more` : '';
  return [
    {
      path: 'window',
      message: `overlaps ${names.join(', ')}${more}; where both are on, hold wins over skip. Move one of them if that is not meant.`,
    },
  ];
}
