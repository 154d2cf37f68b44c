import type { TicketingConfig } from '../contracts/endpoint-config.ts';
import type { AlertKind } from '../contracts/plan.ts';

/** More than `changes` changes between open and closed within `withinMs` are flapping, until `calmMs` without one. `changes` 0: off. */
export interface FlapSettings {
  changes: number;
  withinMs: number;
  calmMs: number;
}

/** One time of flapping. Instants are ISO strings; `since` is the first of the changes that made it. */
export interface FlapSpell {
  since: string;
  lastAt: string;
  opens: number;
  closes: number;
  /** The webhook whose change was one too many. */
  webhookId: string;
  /** The note that says "flapping" was frozen to be written. */
  isNoted: boolean;
}

/** What the detector remembers of an incident: its last state, the recent changes while there is no spell, and the spell. */
export interface FlapState {
  last: 'open' | 'closed';
  changes: string[];
  spell: FlapSpell | null;
}

export interface FlapAlert {
  kind: AlertKind;
  receivedAt: string;
  webhookId: string;
}

/** The detector's settings of an endpoint; switched off, a spell under way ends at once. */
export function flapSettings(
  ticketing: Pick<TicketingConfig, 'flapChanges' | 'flapMinutes' | 'flapCalmMinutes'>,
): FlapSettings {
  const changes = ticketing.flapChanges ?? 0;
  return {
    changes,
    withinMs: (ticketing.flapMinutes ?? 10) * 60_000,
    calmMs: changes === 0 ? 0 : (ticketing.flapCalmMinutes ?? 10) * 60_000,
  };
}

/**
 * The detector after these alerts, in `seq` order. Only a change counts: a repeated open or close is none. `isAtRest`: the
 * incident has no ticket and nothing to do, so that a spell whose calm is over is forgotten; otherwise it goes on until it is told.
 */
export function advanceFlap(
  before: FlapState | null,
  alerts: readonly FlapAlert[],
  settings: FlapSettings,
  isAtRest: boolean,
): FlapState | null {
  if (settings.changes === 0) return before === null || before.spell === null || isAtRest ? null : before;
  const [first] = alerts;
  if (first === undefined) return before;
  const isOver = isAtRest && before?.spell != null && Date.parse(first.receivedAt) > endsAtMs(before.spell, settings);
  let state: FlapState = before === null ? NOTHING : isOver ? flapEnded(before) : before;
  for (const alert of alerts) state = oneMore(state, alert, settings);
  return state === NOTHING ? null : state;
}

const NOTHING: FlapState = { last: 'closed', changes: [], spell: null };

function oneMore(state: FlapState, alert: FlapAlert, settings: FlapSettings): FlapState {
  const to = alert.kind === 'close' ? 'closed' : 'open';
  if (to === state.last) return state;
  const at = alert.receivedAt;
  if (state.spell !== null) {
    const { opens, closes } = state.spell;
    const counts = to === 'open' ? { opens: opens + 1 } : { closes: closes + 1 };
    return { last: to, changes: [], spell: { ...state.spell, ...counts, lastAt: at } };
  }
  const from = Date.parse(at) - settings.withinMs;
  const changes = [...state.changes.filter((earlier) => Date.parse(earlier) >= from), at];
  if (changes.length <= settings.changes) return { last: to, changes, spell: null };
  const half = Math.floor(changes.length / 2);
  const more = changes.length - half;
  return {
    last: to,
    changes: [],
    spell: {
      since: changes[0] ?? at,
      lastAt: at,
      opens: to === 'open' ? more : half,
      closes: to === 'open' ? half : more,
      webhookId: alert.webhookId,
      isNoted: false,
    },
  };
}

/** The state once the spell was told to be over: the next one takes as many changes as the first. */
export function flapEnded(state: FlapState): FlapState {
  return { last: state.last, changes: [], spell: null };
}

/** The instant from which a spell counts as calm, in ms; null without a spell. */
export function flapEndsAtMs(state: FlapState | null | undefined, settings: FlapSettings): number | null {
  return state?.spell == null ? null : endsAtMs(state.spell, settings);
}

function endsAtMs(spell: FlapSpell, settings: FlapSettings): number {
  return Date.parse(spell.lastAt) + settings.calmMs;
}

/** The state once a note with that notice is frozen. */
export function flapNoted(state: FlapState | null, notice: FlapNotice): FlapState | null {
  if (state?.spell == null) return state;
  if (notice === 'ends') return flapEnded(state);
  return notice === 'begins' ? { ...state, spell: { ...state.spell, isNoted: true } } : state;
}

/** What the next note must say of the flapping: that it `begins` or `ends`, or nothing, and then none is written while it `lasts`. */
export type FlapNotice = 'begins' | 'lasts' | 'ends' | 'none';

export function flapNotice(
  state: FlapState | null | undefined,
  settings: FlapSettings,
  nowMs: number,
  isClosing: boolean,
): FlapNotice {
  const endsMs = flapEndsAtMs(state, settings);
  if (endsMs === null) return 'none';
  if (isClosing || endsMs <= nowMs) return 'ends';
  return state?.spell?.isNoted === true ? 'lasts' : 'begins';
}

/** When the note of `flapNotice` is due, in ms; null without a spell. */
export function flapNoteDueMs(state: FlapState | null | undefined, settings: FlapSettings): number | null {
  if (state?.spell == null) return null;
  return state.spell.isNoted
    ? endsAtMs(state.spell, settings)
    : Math.min(Date.parse(state.spell.since), endsAtMs(state.spell, settings));
}

/** The lines above a note that tell that flapping begins or is over; empty where neither. */
export function flapHeading(state: FlapState | null | undefined, settings: FlapSettings, notice: FlapNotice): string {
  const spell = state?.spell;
  if (spell == null || state == null) return '';
  const total = spell.opens + spell.closes;
  if (notice === 'begins')
    return `Flapping: ${total} changes between failing and recovered since ${spell.since}. No further notes until it was calm for ${Math.round(settings.calmMs / 60_000)} min; the ticket stays open meanwhile.\n`;
  if (notice !== 'ends') return '';
  const last = state.last === 'open' ? 'failing' : 'recovered';
  return `Flapping is over: ${total} changes from ${spell.since} to ${spell.lastAt}, ${spell.opens} times failing, ${spell.closes} times recovered. Last state: ${last}.\n`;
}
