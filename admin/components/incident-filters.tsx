import type { IncidentSearch } from '../app/(console)/incidents/search-params.ts';
import { PHASES } from '../server/incidents/schemas.ts';

/** Filters that live in the address: a plain form that works without script. */
export function IncidentFilters({ search }: { search: IncidentSearch }) {
  return (
    <form className="filters" role="search" action="/incidents">
      <input
        name="q"
        type="search"
        placeholder="Search summaries"
        aria-label="Search summaries"
        defaultValue={search.q ?? ''}
      />
      <select name="phase" aria-label="Phase" defaultValue={search.phase ?? ''}>
        <option value="">Every phase</option>
        {PHASES.map((phase) => (
          <option key={phase}>{phase}</option>
        ))}
      </select>
      <button className="button">Filter</button>
    </form>
  );
}
