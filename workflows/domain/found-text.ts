import type { Plan } from '../contracts/plan.ts';
import { cutUnits } from './json-text.ts';

const ALERTS = 5;
const MOST = 300;

/** The text a planned webhook is found by: the words of its body, and what its first tickets and messages say that these lack. */
export function foundText(search: string, plan: Plan): string {
  const more: string[] = [];
  for (const { ticket, message } of plan.alerts.slice(0, ALERTS))
    for (const text of [ticket.summary, cutUnits(message, MOST)])
      if (text !== '' && ![search, ...more].some((known) => known.includes(text))) more.push(text);
  return [search, ...more].join('\n');
}
