import { loadPlanningGlobals } from '../../../infra/database/planning-globals.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { PlanningGround } from '../../../infra/plan-with.ts';
import type { AdminContext } from '../context.ts';

/** What the dispatcher would plan with now. */
export async function planningGround({ config }: Pick<AdminContext, 'config'>, db: Queryable): Promise<PlanningGround> {
  return {
    globals: await loadPlanningGlobals(db),
    environment: { ticketPrefix: config.CW_TICKET_PREFIX, defaultCompanyId: config.CW_DEFAULT_COMPANY_ID },
  };
}
