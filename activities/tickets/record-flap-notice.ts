import type { Queryable } from '../../infra/database/pool.ts';
import { flapHeading, flapNoted, flapSettings, type FlapNotice } from '../../workflows/domain/flap.ts';
import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';

/** Records that a note was frozen which tells that flapping begins, or is over and why: the timer of calm, or a close. */
export async function recordFlapNotice(tx: Queryable, row: IncidentRow, notice: FlapNotice, at: string): Promise<void> {
  const { flap } = row;
  if (flap?.spell == null) return;
  if (notice === 'none' || notice === 'lasts') return;
  await updateIncident(tx, row.id, { flap: flapNoted(flap, notice) });
  if (notice !== 'ends') return;
  const settings = flapSettings(row.config.ticketing);
  const { since, lastAt, opens, closes } = flap.spell;
  const isCalm = Date.parse(lastAt) + settings.calmMs <= Date.parse(at);
  await addTimeline(tx, row.id, row.episode, [
    {
      at,
      kind: 'flapping-over',
      text: flapHeading(flap, settings, notice).trimEnd(),
      data: {
        since,
        lastAt,
        opens,
        closes,
        last: flap.last,
        ...(isCalm ? { timer: 'flapCalm', seconds: settings.calmMs / 1000 } : { by: 'close' }),
      },
    },
  ]);
}
