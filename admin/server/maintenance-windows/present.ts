import type { MaintenanceWindowEntity } from '../../../infra/database/entities/maintenance-window.entity.ts';

export function presentWindow({ id, name, config, createdAt, createdBy }: MaintenanceWindowEntity) {
  return { id, name, window: config, createdAt: createdAt.toISOString(), createdBy };
}
