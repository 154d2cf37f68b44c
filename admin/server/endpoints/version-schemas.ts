import { z } from 'zod';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';
import type { EndpointInput } from './schemas.ts';

export const VersionQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });

export const VersionView = z
  .object({ version: z.int(), savedBy: z.string(), savedAt: z.string(), isCurrent: z.boolean() })
  .meta({ id: 'EndpointVersion' });
export type VersionView = z.output<typeof VersionView>;
export const VersionPage = pageOf(VersionView).meta({ id: 'EndpointVersionPage' });

export const VersionDetail = VersionView.extend({
  config: z.unknown().meta({
    override: { $ref: '#/components/schemas/EndpointInput', description: 'As it was saved, secrets masked.' },
  }),
}).meta({ id: 'EndpointVersionDetail' });
export type VersionDetail = VersionView & { config: EndpointInput };

export const VersionDiff = z
  .object({
    from: z.int(),
    to: z.int(),
    changes: z.array(
      z.object({
        path: z.string().meta({ example: 'ticketing.routingRules.1.pattern' }),
        before: z.unknown().meta({ description: 'null: was not there.' }),
        after: z.unknown().meta({ description: 'null: is not there any more.' }),
      }),
    ),
  })
  .meta({ id: 'EndpointVersionDiff' });
export type VersionDiff = z.output<typeof VersionDiff>;
