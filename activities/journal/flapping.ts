import type { FoldAlert } from '../../workflows/domain/incident-fold.ts';
import { advanceFlap, flapEndsAtMs, flapNoteDueMs, flapSettings, type FlapState } from '../../workflows/domain/flap.ts';
import { dueWhenQuiet } from '../../workflows/domain/quiet.ts';
import type { IncidentChanges, TimelineLine } from './incident-changes.ts';
import type { IncidentRow } from './incident-row.ts';

/** The incident's flap detector after the alerts that were taken. */
export function flapAfter(row: IncidentRow, taken: readonly FoldAlert[]): FlapState | null {
  const isAtRest = row.ticketId === null && row.want !== 'open' && !row.hasUnsettled;
  return advanceFlap(row.flap, taken, flapSettings(row.config.ticketing), isAtRest);
}

/** The columns that changed with it; none where it did not, so that rows of endpoints without a detector stay as they are. */
export function flapChanges(row: IncidentRow, flap: FlapState | null): IncidentChanges {
  return flap === row.flap ? {} : { flap };
}

/** The line of the timeline that tells that flapping began, with the webhook that was one change too many. */
export function flapLines(row: IncidentRow, flap: FlapState | null): TimelineLine[] {
  const spell = flap?.spell;
  if (spell == null || row.flap?.spell != null) return [];
  const { changes, withinMs } = flapSettings(row.config.ticketing);
  const text = `Flapping: ${spell.opens + spell.closes} changes since ${spell.since}; more than ${changes} in ${withinMs / 60_000} min. The ticket is left open until it is calm.`;
  const { webhookId, opens, closes, since } = spell;
  return [{ at: spell.lastAt, kind: 'flapping', text, data: { webhookId, opens, closes, since } }];
}

/** When the story must write of the flapping, and before when it must not close. ISO. */
export function flapInstants(row: IncidentRow): { flapNoteAt: string | null; flappingUntil: string | null } {
  const settings = flapSettings(row.config.ticketing);
  const due = row.ticketId === null ? null : flapNoteDueMs(row.flap, settings);
  const noteMs = due === null ? null : dueWhenQuiet(row, due);
  const endsMs = flapEndsAtMs(row.flap, settings);
  return {
    flapNoteAt: noteMs === null ? null : new Date(noteMs).toISOString(),
    flappingUntil: endsMs === null ? null : new Date(endsMs).toISOString(),
  };
}

/** Since when the incident waits for its ticket system: kept through short openings of the gate, gone when nothing is to do. */
export function waitingChanges(row: IncidentRow, phase: string | undefined, now: string): IncidentChanges {
  if (phase === 'waiting') return row.waitingSince === null ? { waiting_since: now } : {};
  const isDone = phase === 'open' || phase === 'closed' || phase === 'abandoned';
  return isDone && row.waitingSince !== null ? { waiting_since: null } : {};
}
