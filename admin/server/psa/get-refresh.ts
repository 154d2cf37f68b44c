import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { catalogReadAt, readCatalogProgress } from '../../../infra/database/catalog-store.ts';
import { defineVerb } from '../verb.ts';
import { missingAccess } from './missing-access.ts';
import type { RefreshView } from './schemas.ts';

/** How the last reading of the pick lists went, or how far the present one is. */
export const getRefresh = defineVerb({
  name: 'psa.refresh.get',
  role: 'viewer',
  input: z.object({}),
  run: async ({ pool, config }): Promise<RefreshView> => {
    const connection = chosenConnection(config);
    const progress = await readCatalogProgress(pool, connection);
    return {
      state: progress === null || progress.state === 'fresh' ? 'never' : progress.state,
      startedAt: progress?.startedAt ?? null,
      endedAt: progress?.endedAt ?? null,
      refreshedAt: (await catalogReadAt(pool, connection))?.toISOString() ?? null,
      read: progress?.read ?? 0,
      lists: progress?.lists ?? null,
      items: progress?.items ?? 0,
      faults: progress?.faults ?? [],
      reason: progress?.reason ?? null,
      missing: missingAccess(config),
    };
  },
});
