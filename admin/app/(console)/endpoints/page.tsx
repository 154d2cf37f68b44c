import { LinkButton } from '../../../components/link-button.tsx';
import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { Link } from '../../../components/link.tsx';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { EndpointFilters } from '../../../components/endpoints/endpoint-filters.tsx';
import { EndpointSet } from '../../../components/endpoints/endpoint-set.tsx';
import { FirstEndpoint } from '../../../components/endpoints/first-endpoint.tsx';
import { shownEndpoint } from '../../../components/endpoints/shown-endpoint.tsx';
import { roleIncludes } from '../../../../infra/auth/roles.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { getActivity } from '../../../server/stats/get-activity.ts';
import { runVerb } from '../../../server/verb.ts';
import { readEveryEndpoint, stateOf } from './every-endpoint.ts';

export const metadata: Metadata = { title: 'Endpoints' };
const SHOWN = 60;

export default async function EndpointsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const { q, state, show, view } = readSearch(await searchParams, ['q', 'state', 'show', 'view']);
  const [endpoints, activity] = await Promise.all([readEveryEndpoint(context, q), runVerb(getActivity, context, {})]);
  const hoursOf = new Map(activity.items.map(({ endpointId, hours }) => [endpointId, hours]));
  const matching = endpoints.filter((endpoint) => !state || stateOf(endpoint, hoursOf.get(endpoint.id)) === state);
  const limit = Math.max(SHOWN, Number(show) || 0);
  const isAdmin = roleIncludes(context.actor.role, 'admin');
  const isEmpty = endpoints.length === 0 && !q;
  return (
    <>
      <AutoRefresh seconds={6} />
      <div className="head">
        <h1>Endpoints</h1>
        {isAdmin && (
          <LinkButton href="/endpoints/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            New endpoint
          </LinkButton>
        )}
      </div>
      {isEmpty ? (
        <FirstEndpoint mayMake={isAdmin} />
      ) : (
        <>
          <EndpointFilters total={matching.length} />
          {matching.length === 0 && (
            <p className="card empty quiet">No endpoint matches. Clear the search to see all.</p>
          )}
          <EndpointSet
            view={view === 'list' ? 'list' : 'cards'}
            shown={matching
              .slice(0, limit)
              .map((endpoint) => shownEndpoint(endpoint, hoursOf.get(endpoint.id) ?? null))}
            every={matching.map(({ id, name }) => ({ id, name }))}
            may={{ change: isAdmin, test: roleIncludes(context.actor.role, 'operator') }}
            mayMove={isAdmin && !q && !state}
          />
          {matching.length > limit && (
            <nav className="pager" aria-label="More">
              <Link
                href={{
                  query: { ...(q && { q }), ...(state && { state }), ...(view && { view }), show: limit + SHOWN },
                }}
                scroll={false}
              >
                Show more of {matching.length}
              </Link>
            </nav>
          )}
        </>
      )}
    </>
  );
}
