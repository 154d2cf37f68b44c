import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import { compileWindow } from '../../../workflows/domain/maintenance.ts';
import { findOverlaps } from '../../../workflows/domain/window-overlap.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { FieldFault } from '../errors.ts';

/** What is doubtful about a window of all endpoints that is saved all the same: that it is over, and which others it meets. */
export async function windowWarnings(
  db: Queryable,
  { id, window }: { id: string; window: MaintenanceWindow },
): Promise<FieldFault[]> {
  const { rows } = await db.query<{ name: string; config: MaintenanceWindow }>(
    'select name, config from maintenance_window where id <> $1 order by id',
    [id],
  );
  const others = rows.map(({ name, config }) => ({ name, window: config }));
  return [...overIfPast(window), ...overlapsWith(window, others)];
}

function overIfPast(window: MaintenanceWindow): FieldFault[] {
  const compiled = compileWindow(window);
  const span = compiled.ok ? compiled.window.span : null;
  if (span === null || span.endMs > Date.now()) return [];
  return [
    { path: 'window', message: 'is over already: no webhook meets it any more. Change its end if that is not meant.' },
  ];
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
