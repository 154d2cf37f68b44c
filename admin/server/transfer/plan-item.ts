import { z } from 'zod';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { MovedIncident } from '../endpoints/identity-change.ts';
import type { Change } from '../transaction.ts';

export const PlanItemView = z
  .object({
    kind: z.enum(['settings', 'endpoint', 'maintenance-window', 'tenant-mapping', 'connection']),
    action: z.enum(['create', 'update', 'unchanged', 'delete']),
    id: z.string().nullable(),
    name: z.string(),
    changes: z.array(z.string()).meta({ description: 'Places that change, such as ticketing.board; never a value.' }),
    notes: z.array(z.string()).meta({ description: 'What a person should know of this.' }),
    url: z
      .string()
      .optional()
      .meta({ description: 'The webhook URL of an endpoint that was made or got another key.' }),
    token: z.string().optional().meta({ description: 'A bearer token that was made now; it is not shown again.' }),
  })
  .meta({ id: 'PlanItem' });

/** One thing of a plan: what becomes of it. */
export type PlanItem = z.output<typeof PlanItemView>;

/** What carrying out a thing answers besides. */
export interface Outcome extends Pick<PlanItem, 'url' | 'token'> {
  /** Notes that are known only when it is done. */
  notes?: string[];
}

/** The same with the work that carries it out inside the transaction. */
export interface PlannedItem {
  item: PlanItem;
  /** Open incidents that would get another identity. */
  findMoved?: (db: Queryable) => Promise<MovedIncident[]>;
  carryOut?: (change: Change) => Promise<Outcome | void>;
}

export const PlanView = z
  .object({
    dryRun: z.boolean(),
    changed: z.int().meta({ description: 'How many things change, or would change.' }),
    plan: z.array(PlanItemView),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.output<typeof PlanView>;
