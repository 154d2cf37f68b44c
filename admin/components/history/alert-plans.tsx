import { Link } from '../link.tsx';
import type { AlertView, WebhookDetail } from '../../server/history/schemas.ts';
import { StatusBadge } from './status-badge.tsx';
import { TicketNumber } from './ticket-number.tsx';

const SHOWN = 50;

/** What the webhook said of each incident, what was planned for it and why, and what became of it. */
export function AlertPlans({ webhook }: { webhook: WebhookDetail }) {
  return (
    <section className="card stack" aria-label="Plan">
      <h2>Plan</h2>
      {webhook.alerts.length === 0 && (
        <p className="quiet">{webhook.status === 'received' ? 'Not planned yet.' : 'No alert came of it.'}</p>
      )}
      {webhook.alerts.slice(0, SHOWN).map((alert) => (
        <Alert key={alert.n} alert={alert} />
      ))}
      {webhook.alerts.length > SHOWN && <p className="quiet">{webhook.alerts.length - SHOWN} more alerts.</p>}
      {webhook.steps.length > 0 && (
        <details>
          <summary className="label">How it came about</summary>
          <ol className="steps">
            {webhook.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      )}
      {webhook.warnings.map((warning) => (
        <p key={warning} className="badge-text warn">
          {warning}
        </p>
      ))}
    </section>
  );
}

function Alert({ alert }: { alert: AlertView }) {
  const { plan } = alert;
  const fields = Object.entries(plan?.ticket ?? {}).filter(
    ([name, value]) => name !== 'description' && value !== null && value !== '',
  );
  return (
    <div className="rule">
      <div className="head">
        <strong>
          {alert.kind}
          {plan?.triggerValue !== null && plan !== null && <span className="quiet"> · value {plan.triggerValue}</span>}
        </strong>
        <span className="tools">
          {alert.incidentId !== null && <Link href={`/incidents/${alert.incidentId}`}>Incident</Link>}
          {alert.ticketId !== null && <TicketNumber id={alert.ticketId} url={alert.ticketUrl} />}
          <StatusBadge status={alert.state} action={alert.action} />
        </span>
      </div>
      <p className="wrap">{alert.message}</p>
      {plan?.explanation && <p className="quiet">{plan.explanation}</p>}
      {alert.error !== null && <p className="fault wrap">{alert.error}</p>}
      {fields.length > 0 && (
        <dl className="facts">
          {fields.map(([name, value]) => (
            <div key={name} className="pair">
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {plan?.matchedRules.map((rule) => (
        <p key={rule.index} className="quiet">
          Rule {rule.index + 1} matched: <code>{rule.path}</code> is “{rule.value}”, wanted <code>{rule.pattern}</code>
        </p>
      ))}
      {typeof plan?.ticket['description'] === 'string' && plan.ticket['description'] !== '' && (
        <details>
          <summary className="label">Description of the ticket</summary>
          <pre className="code body-text" tabIndex={0}>
            {plan.ticket['description']}
          </pre>
        </details>
      )}
    </div>
  );
}
