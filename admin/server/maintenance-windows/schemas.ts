import { z } from 'zod';
import { Faults } from '../endpoints/schemas.ts';
import { filledText } from '../endpoints/texts.ts';
import { WindowInput } from '../endpoints/window-input.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const GlobalWindowInput = z
  .strictObject({ name: filledText(100), window: WindowInput })
  .meta({ id: 'MaintenanceWindowInput' });
export const GlobalWindowPatch = z.strictObject({ name: filledText(100).optional(), window: WindowInput.optional() });
export const GlobalWindowQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });
export const GlobalWindowView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    window: z.record(z.string(), z.unknown()).meta({ description: 'As MaintenanceWindowInput has it.' }),
    createdAt: z.string(),
    createdBy: z.string(),
    warnings: Faults.optional().meta({
      description: 'After a save: that it is over already, other windows that are on at the same time.',
    }),
  })
  .meta({ id: 'MaintenanceWindow' });
export const GlobalWindowPage = pageOf(GlobalWindowView).meta({ id: 'MaintenanceWindowPage' });
