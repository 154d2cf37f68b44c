import { z } from 'zod';
import { readSettings } from '../settings/read-settings.ts';
import { patchSettings } from '../settings/patch.ts';
import { defineVerb } from '../verb.ts';

export interface MaintenanceAnswer {
  maintenance_mode: boolean;
}

export const readMaintenance = defineVerb({
  name: 'hookwise.maintenance.get',
  role: 'viewer',
  input: z.object({}),
  run: async (context): Promise<MaintenanceAnswer> => ({
    maintenance_mode: (await readSettings(context, context.pool)).maintenanceMode,
  }),
});

/** HookWise's switch: turns the mode over, or to what `maintenance_mode` says. */
export const toggleMaintenance = defineVerb({
  name: 'hookwise.maintenance.toggle',
  role: 'admin',
  input: z.object({ body: z.strictObject({ maintenance_mode: z.boolean('must be true or false').optional() }) }),
  run: async (context, { body }): Promise<MaintenanceAnswer> => {
    const wanted = body.maintenance_mode ?? !(await readSettings(context, context.pool)).maintenanceMode;
    const { maintenanceMode } = await patchSettings.run(context, {
      body: { maintenanceMode: wanted },
      query: {},
    });
    return { maintenance_mode: maintenanceMode };
  },
});
