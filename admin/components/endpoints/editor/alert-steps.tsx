'use client';

import type { ReactNode } from 'react';
import type { AlertTrace, WindowTrace } from '../../../../workflows/contracts/plan-trace.ts';

const FROM = { rule: 'by a rule', mapping: 'from the body', endpoint: 'of the endpoint' } as const;

/** How one alert was planned, from the trigger to the fields of its ticket. */
export function AlertSteps({ trace, windows }: { trace: AlertTrace | undefined; windows: readonly object[] }) {
  if (trace === undefined) return null;
  const { trigger, summary, rules, fields, company, mapping } = trace;
  const active = (windows as readonly WindowTrace[]).filter(({ isActive }) => isActive);
  return (
    <dl className="facts told">
      <Step title="Trigger">
        <code>{trigger.path}</code> {trigger.value === null ? 'finds nothing' : <>is “{trigger.value}”</>}:{' '}
        <b>{trigger.kind}</b>
      </Step>
      <Step title="Summary">
        {summary.whole}
        <small className="quiet">
          {summary.subjectFrom === 'mapping' ? ' from the mapping' : ' from the alert’s name'}
          {summary.isCut ? ', cut to 99 characters' : ''}
        </small>
      </Step>
      {rules.map((rule) => (
        <Step key={rule.index} title={`Rule ${rule.index + 1}`}>
          {rule.matched ? <b>matches</b> : 'does not match'} <code>{rule.path}</code>
          {rule.value === null ? ' (nothing there)' : ` = “${rule.value}”`}
          {rule.overrides.map(({ field, value, before }) => (
            <p key={field}>
              {field}: {value} {before !== null && <s className="quiet">{before}</s>}
            </p>
          ))}
          {rule.matched && rule.drops && <p>drops it</p>}
        </Step>
      ))}
      {active.map(({ text, decides, policy }) => (
        <Step key={text} title="Maintenance">
          {text} {decides ? `decides: ${policy}` : '(another one decides)'}
        </Step>
      ))}
      <Step title="Company">
        {company.order.map(({ source, companyId, how }) => (
          <p key={source} className={source === company.source ? '' : 'quiet'}>
            {source}: {companyId ?? 'none'} <small>{how}</small>
          </p>
        ))}
      </Step>
      {mapping
        .filter(({ why }) => why !== null)
        .map(({ field, why }) => (
          <Step key={field} title={field}>
            <span className="badge-text warn">{why}</span>
          </Step>
        ))}
      {fields
        .filter(({ value }) => value !== null)
        .map(({ field, value, from, unused }) => (
          <Step key={field} title={field}>
            {value} <small className="quiet">{from === null ? '' : FROM[from]}</small>
            {unused.map((other) => (
              <small key={other.from} className="quiet">{` not ${other.value} ${FROM[other.from]}`}</small>
            ))}
          </Step>
        ))}
    </dl>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}
