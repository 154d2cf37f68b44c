import { actorLabel, writeAuditLines } from '../audit.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { EndpointRow } from './present.ts';

/**
 * Enables or disables locked endpoints by one statement: each gets its next version, keeps what the check found wrong with it,
 * and its blocked incidents are tried again.
 */
export async function switchEndpoints(
  context: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  rows: readonly EndpointRow[],
  isOn: boolean,
): Promise<void> {
  await tx.query(
    `with switched as (
       update endpoint e set enabled = $2, config = jsonb_set(e.config, '{enabled}', to_jsonb($2::boolean)),
                             version = e.version + 1, updated_at = now()
        where e.id = any($1::uuid[]) returning e.id, e.version, e.config),
     kept as (
       insert into endpoint_version (endpoint_id, version, config, saved_by) select id, version, config, $3 from switched),
     checked as (
       update endpoint_health h set version = s.version from switched s where h.endpoint_id = s.id and h.version = s.version - 1)
     update incident i set bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0
       from switched s where i.endpoint_id = s.id and i.phase = 'blocked'`,
    [rows.map(({ id }) => id), isOn, actorLabel(context.actor)],
  );
  await writeAuditLines(
    tx,
    context.actor,
    rows.map(({ id, config: { name, enabled } }) => ({
      action: isOn ? 'resume' : 'pause',
      entity: 'endpoint',
      entityId: id,
      before: { name, enabled },
      after: { name, enabled: isOn },
    })),
  );
}
