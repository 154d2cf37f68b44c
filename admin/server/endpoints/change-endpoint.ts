import { z } from 'zod';
import { VerbError } from '../errors.ts';
import { checkSaved } from '../psa/check-saved.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { BuiltConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { findMovedIncidents, nameMoved, type MovedIncident } from './identity-change.ts';
import { asInput, presentEndpoint, type EndpointRow } from './present.ts';
import { saveEndpoint } from './save.ts';
import type { EndpointAnswer } from './schemas.ts';

export const ChangeQuery = z.strictObject({
  confirm: z.enum(['identity'], 'must be identity').optional().meta({
    description: 'identity: save although open incidents would not be found again by their sender’s next alert.',
  }),
  expectedVersion: z.coerce.number('must be a number').int().min(1).optional().meta({
    description: 'The version this change was made on: 409 where another one holds by now, and nothing is changed.',
  }),
});

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
  const words = { entity: 'endpoint', entityId: id } as const;
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

/** The refusal that names open incidents whose identity a change would alter. */
export function wouldMove(moved: readonly MovedIncident[]): VerbError {
  const consequence = 'The sender’s next alert would open a new ticket, and no close would reach the old one.';
  return new VerbError(
    'conflict',
    `${nameMoved(moved)} ${consequence} Send it again with ?confirm=identity to save it all the same.`,
    { details: { reason: 'identity', total: moved.length, incidents: moved.slice(0, LISTED) } },
  );
}
