import type { Metadata } from 'next';
import { MappingActions, NewMapping } from '../../../components/tenants/mapping-form.tsx';
import { TenantTester } from '../../../components/tenants/tenant-tester.tsx';
import { Pager } from '../../../components/pager.tsx';
import { roleIncludes } from '../../../../infra/auth/roles.ts';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContextFor } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { listTenantMappings } from '../../../server/tenant-mappings/verbs.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Tenant map' };

export default async function TenantsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/tenants');
  const search = readSearch(await searchParams, ['cursor']);
  const page = await listOrFault(runVerb(listTenantMappings, context, { query: { ...search, limit: 100 } }));
  const mayChange = roleIncludes(context.actor.role, 'admin');
  return (
    <>
      <div className="head">
        <div>
          <h1>Tenant map</h1>
          <p className="lead">
            Senders that serve many customers name the tenant in the body. The map says which company it is; * and ?
            stand for any text, case does not matter.
          </p>
        </div>
        {mayChange && <NewMapping />}
      </div>
      {page.items.length > 0 && <TenantTester />}
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {page.items.length === 0 && page.fault === null && (
        <p className="card empty quiet">No tenant yet. Without a match, the endpoint’s company holds.</p>
      )}
      {page.items.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>Tenant</th>
              <th>Company</th>
              {mayChange && <th aria-label="Actions" />}
            </tr>
          </thead>
          <tbody>
            {page.items.map((mapping) => (
              <tr key={mapping.id}>
                <td className="main">
                  <strong>{mapping.tenant}</strong>
                  {mapping.description !== '' && <small className="quiet">{mapping.description}</small>}
                </td>
                <td data-label="Company">{mapping.companyId}</td>
                {mayChange && (
                  <td>
                    <MappingActions mapping={mapping} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager path="/tenants" search={search} nextCursor={page.nextCursor} />
    </>
  );
}
