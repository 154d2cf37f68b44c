import type { AlertTrace, PlanTrace, WordTrace } from '../contracts/plan-trace.ts';
import type { CompanyChoice } from './company.ts';
import type { CompiledEndpoint } from './compiled-endpoint.ts';
import { cutUnits } from './json-text.ts';
import type { Routing } from './routing.ts';
import type { SummaryInput } from './summary.ts';
import { SUMMARY_LIMIT } from './summary.ts';
import type { TriggerOutcome } from './trigger.ts';

/** An empty trace, to be handed to `planWebhook`, which fills it. */
export function beginTrace(): PlanTrace {
  return { split: null, windows: [], masked: [], alerts: [] };
}

/** The trace of one alert before its planning. */
export function beginAlertTrace(n: number): AlertTrace {
  return {
    n,
    trigger: { path: '', value: null, openValues: [], closeValues: [], otherValues: 'skip', kind: 'other' },
    name: { value: '', from: null },
    message: { value: '', from: null },
    mapping: [],
    rules: [],
    droppedBy: null,
    summary: {
      prefix: '',
      prefixFrom: 'environment',
      subject: '',
      subjectFrom: 'name',
      removed: [],
      whole: '',
      isCut: false,
    },
    description: 'default',
    company: { order: [], source: 'none', customer: null },
    fields: [],
  };
}

/** What planning one alert decided besides its mapping, rules, company order and fields, which told the trace themselves. */
export interface AlertDecisions {
  name: WordTrace;
  message: WordTrace;
  trigger: TriggerOutcome;
  compiled: CompiledEndpoint;
  routing: Routing;
  /** The whole summary, and what it was made of. */
  summary: string;
  parts: SummaryInput;
  isMapped: boolean;
  company: CompanyChoice;
  description: { from: AlertTrace['description'] };
}

export function fillAlertTrace(trace: AlertTrace, decided: AlertDecisions): void {
  const { compiled, parts, summary, trigger } = decided;
  const { ticketing } = compiled.config;
  const whole = parts.prefix.trim() === '' ? parts.subject : `${parts.prefix} ${parts.subject}`;
  trace.trigger = {
    path: ticketing.triggerField,
    value: trigger.value,
    openValues: [...compiled.openValues],
    closeValues: [...compiled.closeValues],
    otherValues: ticketing.otherValues,
    kind: trigger.kind,
  };
  trace.name = shown(decided.name);
  trace.message = shown(decided.message);
  trace.droppedBy = decided.routing.droppedBy;
  trace.summary = {
    prefix: parts.prefix.trim(),
    prefixFrom: ticketing.summaryPrefix?.trim() ? 'endpoint' : 'environment',
    subject: cutUnits(parts.subject, SHOWN),
    subjectFrom: decided.isMapped ? 'mapping' : 'name',
    removed: parts.remove.filter((entry) => entry !== '' && whole.includes(entry)),
    whole: cutUnits(summary, WHOLE_SHOWN),
    isCut: Array.from(cutUnits(summary, WHOLE_SHOWN)).length > SUMMARY_LIMIT,
  };
  trace.description = decided.description.from;
  trace.company.source = decided.company.source;
  trace.company.customer = decided.company.customer;
}

const SHOWN = 200;
const WHOLE_SHOWN = 1_000;

function shown(word: WordTrace): WordTrace {
  return { ...word, value: cutUnits(word.value, SHOWN) };
}
