import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { MaintenanceWindow as Window } from '../../../workflows/contracts/endpoint-config.ts';

export const MaintenanceWindow = defineEntity({
  name: 'MaintenanceWindow',
  tableName: 'maintenance_window',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    config: p.json<Window>(),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    createdBy: p.text(),
  },
});
export type MaintenanceWindowEntity = InferEntity<typeof MaintenanceWindow>;
