import { companyLimit } from '../company-limit.ts';
import type { VerbContext } from '../verb.ts';
import type { IncidentFilter } from './schemas.ts';

/** What `filter` asks of an incident `i`, and what the actor may see of it, as conditions. `given` adds a parameter. */
export function incidentConditions(
  context: VerbContext,
  filter: IncidentFilter,
  given: (value: unknown) => string,
): string[] {
  const where = [companyLimit(context, 'incident i', given)];
  if (filter.phase) where.push(`i.phase = ${given(filter.phase)}`);
  if (filter.endpoint) where.push(`i.endpoint_id = ${given(filter.endpoint)}`);
  if (filter.open) where.push(`(i.phase not in ('closed', 'abandoned')) = ${given(filter.open === 'true')}`);
  if (filter.ticket) where.push(`${given(filter.ticket.replace(/^#/, ''))} in (i.ticket_id, i.last_ticket_id)`);
  if (filter.q) where.push(`i.summary ilike '%' || ${given(filter.q.replace(/[%_\\]/g, '\\$&'))} || '%'`);
  return where;
}
