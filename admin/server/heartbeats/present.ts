import { heartbeatExpectation } from '../../../infra/heartbeat-expectation.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { heartbeatWorkflowId } from '../../../workflows/contracts/ids.ts';
import { nextExpected } from '../../../workflows/domain/schedule.ts';
import { expectationText } from '../../../workflows/domain/staleness-words.ts';
import type { AdminContext } from '../context.ts';
import { workflowUrl } from '../incidents/present.ts';
import type { HeartbeatView } from './schemas.ts';

/** An endpoint with its heartbeat as it was at its last look, and when it was seen since. */
export interface HeartbeatRow {
  id: string;
  name: string;
  config: EndpointConfig;
  is_on: boolean | null;
  phase: HeartbeatView['state'] | null;
  since: Date | null;
  looked_seen_at: Date | null;
  seen_at: Date | null;
  deadline_at: Date | null;
  told_count: number | null;
  reason: string | null;
  incident: HeartbeatView['incident'];
  last_incident: HeartbeatView['lastIncident'];
}

/** The heartbeat as of now: a webhook since its last look makes it wait anew, though nobody woke it. */
export function presentHeartbeat(context: AdminContext, row: HeartbeatRow): HeartbeatView {
  const { heartbeat } = row.config;
  const off = offReason(row);
  const isHeardSince = row.seen_at !== null && row.seen_at.getTime() > (row.looked_seen_at?.getTime() ?? 0) + SAME_MS;
  const seen = isHeardSince ? row.seen_at : (row.looked_seen_at ?? row.seen_at);
  const state = off !== null ? 'off' : isHeardSince ? 'waiting' : (row.phase ?? 'waiting');
  return {
    endpointId: row.id,
    endpointName: row.name,
    state,
    expectation: expectationText(heartbeat),
    lastSeenAt: seen?.toISOString() ?? null,
    watchedSince: off === null ? (row.since?.toISOString() ?? null) : null,
    nextDeadlineAt: off !== null ? null : isHeardSince ? deadlineAfter(row, seen) : iso(row.deadline_at),
    told: state === 'waiting' || state === 'off' ? 0 : (row.told_count ?? 0),
    reason: off ?? (state === 'quiet' ? row.reason : null),
    incident: row.incident,
    lastIncident: row.last_incident,
    workflowUrl: workflowUrl(context, heartbeatWorkflowId(row.id)),
  };
}

/** Last-seen for show is noted right after the commit that the look reads. */
const SAME_MS = 1_000;

function offReason({ config, is_on }: HeartbeatRow): string | null {
  if (!config.enabled) return 'The endpoint is disabled.';
  if (config.draft) return 'The endpoint is a draft.';
  return is_on === null ? 'It begins to be watched.' : null;
}

function deadlineAfter(row: HeartbeatRow, seen: Date | null): string | null {
  const expectation = heartbeatExpectation(row.config.heartbeat);
  const from = Math.max(seen?.getTime() ?? 0, row.since?.getTime() ?? 0);
  const expected = expectation === null ? null : nextExpected(expectation, from);
  return expected === null ? null : new Date(expected.fromMs + expected.withinMs).toISOString();
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
