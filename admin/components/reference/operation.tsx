import { CopySnippet } from './copy-snippet.tsx';
import type { ShownOperation, ShownSchema } from './read-document.ts';

/** One operation: what it takes, what it answers, and a line that asks it. */
export function Operation({ operation }: { operation: ShownOperation }) {
  return (
    <details className="card operation" id={operation.id}>
      <summary>
        <span className={`method ${operation.method.toLowerCase()}`}>{operation.method}</span>
        <code className="grow">{operation.path}</code>
        <span className="quiet">{operation.summary}</span>
      </summary>
      <div className="stack">
        {operation.query.length > 0 && <Fields title="Query" fields={operation.query} />}
        {operation.body !== null && (
          <Fields
            title={operation.body.name === null ? 'Body' : `Body: ${operation.body.name}`}
            fields={operation.body.fields}
          />
        )}
        <div>
          <h3 className="sub">Answers</h3>
          <ul className="rows">
            {operation.answers.map(({ status, description, name }) => (
              <li key={status}>
                <span>
                  <b>{status}</b> {description}
                </span>
                {name !== null && <code>{name}</code>}
              </li>
            ))}
          </ul>
        </div>
        <CopySnippet text={operation.curl} label={`Copy the curl line of ${operation.method} ${operation.path}`} />
      </div>
    </details>
  );
}

function Fields({ title, fields }: { title: string; fields: ShownSchema['fields'] }) {
  return (
    <div>
      <h3 className="sub">{title}</h3>
      {fields.length === 0 && <p className="quiet">As its description says.</p>}
      <ul className="rows">
        {fields.map(({ name, kind, description, isNeeded }) => (
          <li key={name}>
            <span>
              <code>{name}</code>
              {isNeeded && <small className="quiet"> needed</small>}
              {description !== '' && <small className="quiet block">{description}</small>}
            </span>
            <small className="quiet kind">{kind}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
