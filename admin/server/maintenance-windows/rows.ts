import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { notFound } from '../errors.ts';

export interface WindowRow {
  id: string;
  name: string;
  config: MaintenanceWindow;
  created_at: Date;
  created_by: string;
  at: string;
}

export const WINDOW_COLUMNS = 'id, name, config, created_at, created_by, created_at::text as at';

export function presentWindow(row: WindowRow) {
  return {
    id: row.id,
    name: row.name,
    window: row.config,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  };
}

export async function findWindow(db: Queryable, id: string): Promise<WindowRow> {
  const found = await db.query<WindowRow>(`select ${WINDOW_COLUMNS} from maintenance_window where id = $1`, [id]);
  const [row] = found.rows;
  if (!row) throw notFound('maintenance window');
  return row;
}
