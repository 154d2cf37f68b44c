import type { Metadata } from 'next';
import { Operation } from '../../../components/reference/operation.tsx';
import { readDocument } from '../../../components/reference/read-document.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { openApiDocument } from '../../../server/openapi.ts';

export const metadata: Metadata = { title: 'REST' };

export default async function ReferencePage() {
  const { config } = await pageContext();
  const areas = [...readDocument(openApiDocument(config.ADMIN_URL))];
  return (
    <>
      <div className="head">
        <div>
          <h1>REST</h1>
          <p className="lead">
            Whatever this console does, a script can do too: under {config.ADMIN_URL}/api/v1, with an API key from the
            settings. Faults are answered as problem+json with their places.
          </p>
        </div>
        <a href="/api/v1/openapi.json">OpenAPI document</a>
      </div>
      <div className="editor">
        <nav className="editor-toc" aria-label="Areas">
          {areas.map(([area, operations]) => (
            <a key={area} href={`#${area}`}>
              {area} <small>{operations.length}</small>
            </a>
          ))}
        </nav>
        <div className="stack">
          {areas.map(([area, operations]) => (
            <section key={area} id={area} className="stack" aria-label={area}>
              <h2>{area}</h2>
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </>
  );
}
