import { z } from 'zod';
import { VerbError } from '../errors.ts';
import { checkSaved } from '../psa/check-saved.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { BuiltConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { findMovedIncidents, type MovedIncident } from './identity-change.ts';
import { asInput, presentEndpoint, type EndpointRow } from './present.ts';
import { saveEndpoint } from './save.ts';
import type { EndpointAnswer } from './schemas.ts';

export const ChangeQuery = z.strictObject({
  confirm: z.enum(['identity'], 'must be identity').optional().meta({
    description: 'identity: save although open incidents would not be found again by their sender’s next alert.',
  }),
});

const NAMED = 3;
const LISTED = 200;

/**
 * Saves a new state of a locked endpoint as its next version, with its audit row, and answers it. Throws `conflict` with the
 * open incidents whose identity would be altered, unless that is confirmed.
 */
export async function changeEndpoint(
  context: VerbContext,
  change: Change,
  { row, built }: { row: EndpointRow; built: BuiltConfig },
  how: { action: 'patch' | 'restore'; confirm: 'identity' | undefined; note?: object },
): Promise<EndpointAnswer> {
  const { id } = row;
  const version = row.version + 1;
  const [before, after] = [row.config, built.config];
  const moved = await findMovedIncidents(context, change.tx, { id, before, after });
  if (moved.length > 0 && how.confirm !== 'identity') throw wouldMove(moved);
  await saveEndpoint(context, change, id, version, built);
  const words = { entity: 'endpoint', entityId: id };
  await change.audit({
    ...words,
    action: how.action,
    before: asInput(before),
    after: { ...asInput(after), ...how.note },
  });
  if (moved.length > 0)
    await change.audit({
      ...words,
      action: 'confirm-identity',
      after: { version, incidents: moved.map((one) => one.id) },
    });
  const warnings = await checkSaved(context, change.tx, { id, version, config: after });
  const answer = { ...presentEndpoint(context, await findEndpoint(change.tx, id)), warnings };
  return built.token === null ? answer : { ...answer, token: built.token };
}

function wouldMove(moved: readonly MovedIncident[]): VerbError {
  const named = moved
    .slice(0, NAMED)
    .map(({ summary, ticketId }) => `“${summary}” (${ticketId === null ? 'no ticket yet' : `ticket ${ticketId}`})`);
  const more = moved.length > NAMED ? ` and ${moved.length - NAMED} more` : '';
  const [count, whose] =
    moved.length === 1 ? ['One open incident', 'its'] : [`${moved.length} open incidents`, 'their'];
  return new VerbError(
    'conflict',
    `${count} would get another identity: ${named.join(', ')}${more}. The next alert of ${whose} sender would open a new ticket, and no close would reach the old one. Send it again with ?confirm=identity to save it all the same.`,
    { details: { reason: 'identity', total: moved.length, incidents: moved.slice(0, LISTED) } },
  );
}
