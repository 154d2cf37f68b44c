import type { AlertKind, PlannedAlert } from '../contracts/plan.ts';
import type { EndpointConfig } from '../contracts/endpoint-config.ts';
import type { Suppression } from './suppression.ts';

export type Disposition = Pick<PlannedAlert, 'disposition' | 'reason' | 'explanation'>;

export interface DispositionInput {
  kind: AlertKind;
  config: EndpointConfig;
  droppedBy: string | null;
  suppression: Suppression | null;
}

/** Where an alert goes. A close is never dropped, skipped or held by a rule or a window. */
export function disposeAlert(input: DispositionInput): Disposition {
  const { kind, config, droppedBy, suppression } = input;
  if (!config.enabled) return skip('disabled', 'Skipped: the endpoint is disabled.');
  if (config.draft) return skip('draft', 'Skipped: the endpoint is a draft, it plans only.');
  if (!config.ticketing.enabled) return skip('ticketing-off', 'Skipped: ticketing is off for the endpoint.');
  if (kind === 'close') return { disposition: 'incident', reason: null, explanation: null };
  if (kind === 'other')
    return skip('trigger', `Skipped: ${config.ticketing.triggerField} is neither an open nor a close value.`);
  if (droppedBy !== null) return skip('dropped', `Skipped: dropped by the rule with the pattern ${droppedBy}.`);
  if (suppression === null) return { disposition: 'incident', reason: null, explanation: null };
  return { disposition: suppression.policy, reason: suppression.reason, explanation: suppression.explanation };
}

function skip(reason: PlannedAlert['reason'], explanation: string): Disposition {
  return { disposition: 'skip', reason, explanation };
}
