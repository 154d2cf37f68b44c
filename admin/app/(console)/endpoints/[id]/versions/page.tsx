import type { Metadata } from 'next';
import { Link } from '../../../../../components/link.tsx';
import { roleIncludes } from '../../../../../../infra/auth/roles.ts';
import { Pager } from '../../../../../components/pager.tsx';
import { VersionChanges } from '../../../../../components/endpoints/version-changes.tsx';
import { VersionList } from '../../../../../components/endpoints/version-list.tsx';
import { listOrFault } from '../../../../../lib/list-page.ts';
import { orNotFound, pageContextFor } from '../../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../../lib/search-params.ts';
import { getEndpoint } from '../../../../../server/endpoints/get.ts';
import { diffVersions, listVersions } from '../../../../../server/endpoints/versions.ts';
import { runVerb } from '../../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Versions' };

export default async function VersionsPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Given>;
}) {
  const context = await pageContextFor('/endpoints/[id]/versions');
  const { id, name, version } = await orNotFound(runVerb(getEndpoint, context, await params));
  const { cursor, from, to } = readSearch(await searchParams, ['cursor', 'from', 'to']);
  const query = { limit: 30, ...(cursor && { cursor }) };
  const page = await listOrFault(runVerb(listVersions, context, { id, query }));
  const [older, newer] = [from ?? String(Math.max(1, version - 1)), to ?? String(version)];
  const diff =
    older === newer ? null : await orNotFound(runVerb(diffVersions, context, { id, version: older, other: newer }));
  return (
    <>
      <p className="crumbs">
        <Link href="/endpoints">Endpoints</Link> · <Link href={`/endpoints/${id}`}>{name}</Link>
      </p>
      <h1>Versions of {name}</h1>
      {page.fault !== null && <p className="fault">{page.fault}</p>}
      <div className="two versions">
        <VersionList
          id={id}
          current={version}
          items={page.items}
          shown={{ from: Number(older), to: Number(newer) }}
          mayRestore={roleIncludes(context.actor.role, 'admin')}
        />
        <VersionChanges diff={diff} />
      </div>
      <Pager path={`/endpoints/${id}/versions`} nextCursor={page.nextCursor} search={{ cursor }} />
    </>
  );
}
