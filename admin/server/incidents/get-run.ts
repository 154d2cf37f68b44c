import { z } from 'zod';
import type { RunDescription } from '../../../infra/temporal/describe-run.ts';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import type { IncidentView } from '../../../workflows/contracts/incident.ts';
import { maskText } from '../../../workflows/domain/mask-text.ts';
import { IdInput } from '../ids.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { findIncident } from './find.ts';
import { workflowUrl } from './present.ts';
import type { IncidentRun } from './schemas.ts';
import { stepWords } from './step-words.ts';

const PATIENCE_MS = 2_000;
const LONGEST_FAILURE = 500;
const FORGOTTEN =
  'Temporal has no run of this incident any more. Nothing is missing: everything here is kept in Postgres, and the next webhook starts a new run.';
const UNREACHABLE =
  'Temporal does not answer. Everything else here is kept in Postgres and is complete; the incident goes on when Temporal is back.';

type Asked = { run: RunDescription | null; view: IncidentView | null } | 'unreachable';

/** What the workflow of one incident does right now, asked of Temporal with a short patience. A Temporal that is away is said, never an error. */
export const getIncidentRun = defineVerb({
  name: 'incident.run',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<IncidentRun> => {
    const { key } = await findIncident(context, context.pool, id);
    const [asked, words] = await Promise.all([askTemporal(context, key), readMaskingWords(context.pool)]);
    const url = workflowUrl(context, key);
    if (asked === 'unreachable') return { ...NOTHING, state: 'unreachable', words: UNREACHABLE, url };
    const { run, view } = asked;
    if (run === null) return { ...NOTHING, state: 'forgotten', words: FORGOTTEN, url };
    const isRunning = run.status === 'RUNNING';
    return {
      ...run,
      state: isRunning ? 'running' : 'over',
      words: isRunning ? runningWords(view) : overWords(run),
      step: view?.doing ?? null,
      waitsUntil: view?.waitsUntil ?? null,
      pending: run.pending.map((one) => ({ ...one, failure: shownFailure(one.failure, words) })),
      url: `${url}/${run.runId}/history`,
    };
  },
});

const NOTHING = {
  status: null,
  runId: null,
  startedAt: null,
  closedAt: null,
  historyLength: null,
  step: null,
  waitsUntil: null,
  pending: [],
};

async function askTemporal(context: VerbContext, key: string): Promise<Asked> {
  const [{ describeRun, queryIncident }, { inTime }] = await Promise.all([
    import('../../../infra/temporal/describe-run.ts'),
    import('../../../infra/temporal/in-time.ts'),
  ]);
  const until = Date.now() + PATIENCE_MS;
  try {
    const client = await context.temporal();
    const run = await inTime(client, PATIENCE_MS, () => describeRun(client, key));
    if (run?.status !== 'RUNNING') return { run, view: null };
    const view = await inTime(client, Math.max(1, until - Date.now()), () => queryIncident(client, key)).catch(
      () => null,
    );
    return { run, view };
  } catch (error) {
    context.logger.warn({ err: error, incident: key }, 'Temporal did not say how an incident runs');
    return 'unreachable';
  }
}

function runningWords(view: IncidentView | null): string {
  return view === null ? 'It runs, but no worker answered what it does: is one running?' : stepWords(view);
}

function overWords({ status }: RunDescription): string {
  return status === 'COMPLETED'
    ? 'Its last run came to its end. The next webhook of this incident starts a new one.'
    : `Its last run ended as ${status.toLowerCase()}. The next bell starts a new one, which goes on from Postgres.`;
}

function shownFailure(text: string | null, words: readonly string[]): string | null {
  return text === null ? null : maskText(text, words).slice(0, LONGEST_FAILURE);
}
