import type { AlertTrace } from '../contracts/plan-trace.ts';
import type { PlannedAlert } from '../contracts/plan.ts';
import { chooseCompany } from './company.ts';
import {
  cutDescription,
  defaultDescription,
  expandTemplate,
  shortDescription,
  type DescriptionWords,
} from './description.ts';
import { disposeAlert } from './disposition.ts';
import { mapFields } from './field-mapping.ts';
import type { MappedValues } from './field-mapping.ts';
import { incidentKeyOf, summaryDigestOf } from './incident-key.ts';
import { cutUnits } from './json-text.ts';
import type { PlanInput } from './plan.ts';
import { applyRules } from './routing.ts';
import type { Routing } from './routing.ts';
import { fillAlertTrace } from './plan-trace.ts';
import { shortAlert } from './short-alert.ts';
import { messageOf, nameOf } from './source-words.ts';
import type { Subject } from './subject.ts';
import { cutSummary, wholeSummary } from './summary.ts';
import type { Suppression } from './suppression.ts';
import { draftTicket, draftWarnings, mappedName } from './ticket-draft.ts';
import { readTrigger } from './trigger.ts';

export interface AlertPlanning {
  n: number;
  subject: Subject;
  input: PlanInput;
  suppression: Suppression | null;
  /** Null where it is not asked what was done. */
  steps: string[] | null;
  warnings: string[];
  /** Filled on the way, for those who ask how the plan came about. */
  trace?: AlertTrace | undefined;
}

const MESSAGE_LIMIT = 2_000;
const NAME_LIMIT = 500;
const SHOWN_VALUE_LIMIT = 500;

/** Plans one alert of a webhook; what it did is added to `steps`. */
export function planAlert(planning: AlertPlanning): PlannedAlert {
  const { subject, input, warnings, trace } = planning;
  const { compiled } = input.endpoint;
  const { ticketing } = compiled.config;
  const [name, message] = [nameOf(subject), messageOf(subject)];
  const words = { name: name.value, message: message.value, requestId: input.requestId };
  const isShort = !subject.hasRoom();
  if (isShort) subject.allowance.firstShort ??= planning.n;
  const trigger = readTrigger(subject, compiled);
  const mapped = mapFields(subject, compiled, warnings, trace?.mapping);
  const routing = applyRules(
    subject,
    compiled,
    trace && {
      rules: trace.rules,
      before: (field) => mapped[mappedName(field)]?.value ?? (ticketing[field]?.trim() || null),
    },
  );
  const named = mapped.summary?.value ?? words.name;
  const prefix = ticketing.summaryPrefix?.trim() ? ticketing.summaryPrefix : input.environment.ticketPrefix;
  const parts = { prefix, subject: named, remove: ticketing.summaryRemove };
  subject.spend(named.length * (1 + parts.remove.length / 4));
  const summary = wholeSummary(parts);
  const company = chooseCompany({
    subject,
    endpoint: compiled,
    mappedId: mapped.customer_id?.value ?? null,
    routedId: routing.fields.companyId ?? null,
    tagged: [words.name, named],
    tenants: input.tenants,
    environmentDefault: input.environment.defaultCompanyId,
    warnings,
    trace: trace?.company.order,
  });
  const disposition = disposeAlert({
    kind: trigger.kind,
    config: compiled.config,
    droppedBy: routing.droppedBy,
    suppression: planning.suppression,
  });
  planning.steps?.push(
    trigger.step,
    ...mappingSteps(mapped),
    ...routingSteps(routing, trigger.kind === 'close'),
    `Summary: “${cutSummary(summary)}”.`,
    company.step,
    disposition.explanation ?? 'Goes to its incident.',
  );
  const description = isShort
    ? ({ text: shortDescription(words), from: 'default' } as const)
    : subject.inWords(() => describe(mapped, planning, words));
  const ticket = draftTicket({
    ticketing,
    mapped,
    routed: routing.fields,
    summary: cutSummary(summary),
    description: description.text,
    companyId: company.companyId,
    trace: trace?.fields,
  });
  warnings.push(...draftWarnings(ticket));
  if (trace) {
    const isMapped = mapped.summary !== undefined;
    fillAlertTrace(trace, {
      name,
      message,
      trigger,
      compiled,
      routing,
      summary,
      parts,
      isMapped,
      company,
      description,
    });
  }
  const alert: PlannedAlert = {
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
  return keepRoom(subject, isShort ? shortAlert(alert) : alert);
}

function keepRoom({ allowance }: Subject, alert: PlannedAlert): PlannedAlert {
  if (allowance.texts !== Infinity) allowance.texts -= JSON.stringify(alert).length;
  return alert;
}

function describe(
  mapped: MappedValues,
  planning: AlertPlanning,
  words: DescriptionWords,
): { text: string; from: AlertTrace['description'] } {
  if (mapped.description !== undefined) return { text: cutDescription(mapped.description.value), from: 'mapping' };
  const { template } = planning.input.endpoint.compiled;
  const text = template === null ? '' : expandTemplate(template, words, planning.subject);
  return text === ''
    ? { text: defaultDescription(words, planning.subject), from: 'default' }
    : { text, from: 'template' };
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
