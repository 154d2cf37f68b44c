import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { nameWorkflows } from './name-workflows.ts';
import type { AgreementView } from './schemas.ts';

interface AgreementRow {
  kind: AgreementView['items'][number]['kind'];
  wanted: number;
  running: number;
  missing: number;
  stray: number;
  missing_examples: string[];
  stray_examples: string[];
  checked_at: Date;
}

/** Where Postgres and Temporal's list of workflows disagreed when upkeep last compared them; empty before the first time. */
export const getAgreement = defineVerb({
  name: 'workflow.agreement',
  role: 'viewer',
  input: z.object({}),
  run: async ({ pool }): Promise<AgreementView> => {
    const { rows } = await pool.query<AgreementRow>(
      `select * from agreement_check order by array_position(array['incident', 'heartbeat', 'gate'], kind)`,
    );
    const nameOf = await nameWorkflows(
      pool,
      rows.flatMap((row) => [...row.missing_examples, ...row.stray_examples]),
    );
    const named = (ids: readonly string[]) =>
      ids.map((workflowId) => {
        const { incidentId, title } = nameOf(workflowId);
        return { workflowId, incidentId, title };
      });
    return {
      items: rows.map(({ kind, wanted, running, missing, stray, ...row }) => ({
        ...{ kind, wanted, running, missing, stray },
        missingExamples: named(row.missing_examples),
        strayExamples: named(row.stray_examples),
        checkedAt: row.checked_at.toISOString(),
      })),
    };
  },
});
