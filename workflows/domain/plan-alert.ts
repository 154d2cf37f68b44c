import type { PlannedAlert } from '../contracts/plan.ts';
import { chooseCompany } from './company.ts';
import { cutDescription, defaultDescription, expandTemplate } from './description.ts';
import { disposeAlert } from './disposition.ts';
import { mapFields } from './field-mapping.ts';
import type { MappedValues } from './field-mapping.ts';
import { incidentKeyOf, summaryDigestOf } from './incident-key.ts';
import { cutUnits } from './json-text.ts';
import type { PlanInput } from './plan.ts';
import { applyRules } from './routing.ts';
import type { Routing } from './routing.ts';
import { messageOf, nameOf } from './source-words.ts';
import type { Subject } from './subject.ts';
import { cutSummary, wholeSummary } from './summary.ts';
import type { Suppression } from './suppression.ts';
import { draftTicket, draftWarnings } from './ticket-draft.ts';
import { readTrigger } from './trigger.ts';

export interface AlertPlanning {
  n: number;
  subject: Subject;
  input: PlanInput;
  suppression: Suppression | null;
  steps: string[];
  warnings: string[];
}

const MESSAGE_LIMIT = 2_000;
const NAME_LIMIT = 500;
const SHOWN_VALUE_LIMIT = 500;

/** Plans one alert of a webhook; what it did is added to `steps`. */
export function planAlert(planning: AlertPlanning): PlannedAlert {
  const { subject, input, steps, warnings } = planning;
  const { compiled } = input.endpoint;
  const { ticketing } = compiled.config;
  const words = { name: nameOf(subject), message: messageOf(subject), requestId: input.requestId };
  const trigger = readTrigger(subject, compiled);
  const mapped = mapFields(subject, compiled, warnings);
  const routing = applyRules(subject, compiled);
  const named = mapped.summary?.value ?? words.name;
  const prefix = ticketing.summaryPrefix?.trim() ? ticketing.summaryPrefix : input.environment.ticketPrefix;
  const summary = wholeSummary({ prefix, subject: named, remove: ticketing.summaryRemove });
  const company = chooseCompany({
    subject,
    endpoint: compiled,
    mappedId: mapped.customer_id?.value ?? null,
    routedId: routing.fields.companyId ?? null,
    tagged: [words.name, named],
    tenants: input.tenants,
    environmentDefault: input.environment.defaultCompanyId,
  });
  const disposition = disposeAlert({
    kind: trigger.kind,
    config: compiled.config,
    droppedBy: routing.droppedBy,
    suppression: planning.suppression,
  });
  steps.push(trigger.step, ...mappingSteps(mapped), ...routingSteps(routing, trigger.kind === 'close'));
  steps.push(`Summary: “${cutSummary(summary)}”.`, company.step, disposition.explanation ?? 'Goes to its incident.');
  const ticket = draftTicket({
    ticketing,
    mapped,
    routed: routing.fields,
    summary: cutSummary(summary),
    description: describe(mapped, planning, words),
    companyId: company.companyId,
  });
  warnings.push(...draftWarnings(ticket));
  return {
    n: planning.n,
    kind: trigger.kind,
    ...disposition,
    incidentKey: incidentKeyOf(input.endpoint.id, summary, company.customer, input.digest),
    summaryDigest: summaryDigestOf(summary, input.digest),
    customer: company.customer,
    name: cutUnits(words.name, NAME_LIMIT),
    message: cutUnits(words.message, MESSAGE_LIMIT),
    ticket,
    companySource: company.source,
    triggerValue: trigger.value,
    matchedRules: routing.matched,
    mapped: shownMapping(mapped),
  };
}

function describe(
  mapped: MappedValues,
  planning: AlertPlanning,
  words: Parameters<typeof defaultDescription>[0],
): string {
  if (mapped.description !== undefined) return cutDescription(mapped.description.value);
  const { template } = planning.input.endpoint.compiled;
  const text = template === null ? '' : expandTemplate(template, words, planning.subject);
  return text === '' ? defaultDescription(words, planning.subject) : text;
}

function shownMapping(mapped: MappedValues): PlannedAlert['mapped'] {
  return Object.fromEntries(
    Object.entries(mapped).map(([field, { value, paths }]) => [
      field,
      { value: cutUnits(value, SHOWN_VALUE_LIMIT), paths },
    ]),
  );
}

function mappingSteps(mapped: MappedValues): string[] {
  return Object.entries(mapped).map(
    ([field, { value, paths }]) => `mapping.${field} from ${paths.join(', ')}: “${cutUnits(value, 200)}”.`,
  );
}

function routingSteps(routing: Routing, isClose: boolean): string[] {
  const steps = routing.matched.map(
    (rule) => `Rule ${rule.index + 1} matched: ${rule.path} is “${rule.value}”, pattern ${rule.pattern}.`,
  );
  if (routing.droppedBy !== null && isClose) steps.push('A rule drops, but a close is never dropped.');
  return steps;
}
