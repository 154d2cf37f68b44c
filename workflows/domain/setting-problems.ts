import type { EndpointConfig } from '../contracts/endpoint-config.ts';
import type { ExpressionFault } from './compiled-endpoint.ts';
import { comparableValues } from './trigger.ts';

/** Status words that cannot do what was meant: one that opens and closes, or none that opens. */
export function wordProblems({ ticketing }: EndpointConfig): ExpressionFault[] {
  const open = comparableValues(ticketing.openValues);
  const both = [...comparableValues(ticketing.closeValues)].filter((word) => open.has(word));
  const problems: ExpressionFault[] = both.map((word) => ({
    path: 'ticketing.closeValues',
    message: `“${word}” is among the open values too, so it never closes a ticket. Take it out of one of them.`,
  }));
  if (open.size === 0 && ticketing.otherValues === 'skip')
    problems.push({
      path: 'ticketing.openValues',
      message: 'No value opens a ticket. Name one, or let every other value open with otherValues "open".',
    });
  return problems;
}

/** That nothing in the configuration can name a company, where the ticket system demands one. `otherSource`: a default or the tenant map does. */
export function companyProblems(
  { ticketing }: EndpointConfig,
  otherSource: { hasDefault: boolean; hasTenants: boolean },
): ExpressionFault[] {
  const isNamed =
    isFilled(ticketing.companyId) ||
    isFilled(ticketing.mapping.customer_id) ||
    ticketing.routingRules.some(({ overrides }) => isFilled(overrides.companyId)) ||
    (ticketing.tenantMap && otherSource.hasTenants) ||
    otherSource.hasDefault;
  if (isNamed) return [];
  return [
    {
      path: 'ticketing.companyId',
      message:
        'Nothing names a company, so only webhooks with #CW<ID> in their name or summary can become tickets. Set companyId, map customer_id, or set CW_DEFAULT_COMPANY_ID.',
    },
  ];
}

function isFilled(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text.trim() !== '';
}
