import type { Metadata } from 'next';
import Link from 'next/link';
import { EndpointEditor } from '../../../../../components/endpoints/editor/editor.tsx';
import { orNotFound, pageContextFor } from '../../../../../lib/page-context.ts';
import { getEndpoint } from '../../../../../server/endpoints/get.ts';
import { EndpointInput } from '../../../../../server/endpoints/schemas.ts';
import { runVerb } from '../../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Edit endpoint' };
const FIELDS = Object.keys(EndpointInput.shape);

export default async function EditEndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await pageContextFor('admin');
  const endpoint = await orNotFound(runVerb(getEndpoint, context, await params));
  const initial = Object.fromEntries(Object.entries(endpoint).filter(([name]) => FIELDS.includes(name)));
  return (
    <>
      <p className="crumbs">
        <Link href="/endpoints">Endpoints</Link> · <Link href={`/endpoints/${endpoint.id}`}>{endpoint.name}</Link>
      </p>
      <h1>Edit {endpoint.name}</h1>
      <EndpointEditor id={endpoint.id} initial={initial as EndpointInput} />
    </>
  );
}
