import type { Metadata } from 'next';
import { Link } from '../../../../../components/link.tsx';
import { EndpointEditor } from '../../../../../components/endpoints/editor/editor.tsx';
import { orNotFound, pageContextFor } from '../../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../../lib/search-params.ts';
import { getEndpoint } from '../../../../../server/endpoints/get.ts';
import { EndpointInput } from '../../../../../server/endpoints/schemas.ts';
import { sampleBody } from '../../../../../server/first-run/sample-body.ts';
import { runVerb } from '../../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Edit endpoint' };
const FIELDS = Object.keys(EndpointInput.shape);

export default async function EditEndpointPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Given>;
}) {
  const context = await pageContextFor('/endpoints/[id]/edit');
  const endpoint = await orNotFound(runVerb(getEndpoint, context, await params));
  const { tool } = readSearch(await searchParams, ['tool']);
  const initial = Object.fromEntries(Object.entries(endpoint).filter(([name]) => FIELDS.includes(name)));
  return (
    <>
      <p className="crumbs">
        <Link href="/endpoints">Endpoints</Link> · <Link href={`/endpoints/${endpoint.id}`}>{endpoint.name}</Link>
      </p>
      <h1>Edit {endpoint.name}</h1>
      <EndpointEditor
        id={endpoint.id}
        initial={initial as EndpointInput}
        version={endpoint.version}
        problems={endpoint.problems}
        defaults={EndpointInput.parse({ name: 'any' }).ticketing}
        sampleBody={sampleBody()}
        tool={tool === 'test' || tool === 'backtest' ? tool : null}
      />
    </>
  );
}
