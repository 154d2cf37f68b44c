import type { VerbContext } from './verb.ts';

/** Adds a value to a query's parameters and answers its place, such as `$3`. */
type Given = (value: unknown) => string;

/** What the limit speaks of, by the alias under which the query has it. Webhooks and refusals have their endpoint as `e`. */
export type Limited = 'endpoint e' | 'incident i' | 'ticket t' | 'webhook w' | 'refusal r';

/**
 * The condition that leaves only what the actor may see: `true` without a limit. Companies are compared without regard to
 * case. An incident or a ticket that names no company is the default company's. A webhook is seen by the company of its
 * endpoint or of its alerts, and by nobody limited where alerts of several companies came in it.
 */
export function companyLimit({ actor, config }: VerbContext, what: Limited, given: Given): string {
  if (actor.company === null) return 'true';
  const company = `lower(${given(actor.company)}::text)`;
  const isOwn = (column: string) =>
    `lower(coalesce(${column}, ${given(config.CW_DEFAULT_COMPANY_ID)}::text)) = ${company}`;
  const ownEndpoint = `coalesce(lower(e.config -> 'ticketing' ->> 'companyId') = ${company}, false)`;
  switch (what) {
    case 'endpoint e':
    case 'refusal r':
      return ownEndpoint;
    case 'incident i':
      return `coalesce(${isOwn('i.company')}, false)`;
    case 'ticket t':
      return `coalesce(${isOwn('t.company')}, false)`;
    case 'webhook w': {
      const alerts = 'from alert x join incident y on y.id = x.incident_id where x.webhook_id = w.id';
      return `(${ownEndpoint} or exists (select ${alerts} and ${isOwn('y.company')}))
        and not exists (select ${alerts} and (${isOwn('y.company')}) is not true)`;
    }
    default:
      return what satisfies never;
  }
}

/** The same for a single thing: the condition with its values, the first place after `taken` others. */
export function oneOfCompany(context: VerbContext, what: Limited, taken: number): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  return { where: companyLimit(context, what, (value) => `$${taken + values.push(value)}`), values };
}
