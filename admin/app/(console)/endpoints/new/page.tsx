import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { NewEndpoint } from '../../../../components/endpoints/new-endpoint.tsx';
import { pageContextFor } from '../../../../lib/page-context.ts';
import { listRecipes } from '../../../../server/recipes/list.ts';
import { runVerb } from '../../../../server/verb.ts';
import { sampleBody } from '../../../../server/first-run/sample-body.ts';

export const metadata: Metadata = { title: 'New endpoint' };

export default async function NewEndpointPage() {
  const context = await pageContextFor('/endpoints/new');
  const { items } = await runVerb(listRecipes, context, {});
  return (
    <>
      <p className="crumbs">
        <Link href="/endpoints">Endpoints</Link>
      </p>
      <h1>New endpoint</h1>
      <NewEndpoint sampleBody={sampleBody()} recipes={items} />
    </>
  );
}
