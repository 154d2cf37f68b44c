import type { PlannedAlert, TicketDraft } from '../contracts/plan.ts';
import { SHORT_WORDS } from './description.ts';
import { cutUnits } from './json-text.ts';

/** An alert with its words cut: what decides stays as it is, what only tells how it was decided goes. */
export function shortAlert(alert: PlannedAlert): PlannedAlert {
  return {
    ...alert,
    name: cutUnits(alert.name, SHORT_WORDS),
    message: cutUnits(alert.message, SHORT_WORDS),
    ticket: shortDraft(alert.ticket),
    matchedRules: [],
    mapped: {},
  };
}

function shortDraft({ description, ...fields }: TicketDraft): TicketDraft {
  const cut = Object.entries(fields).map(([field, value]) => [field, value && cutUnits(value, SHORT_WORDS)]);
  return { ...(Object.fromEntries(cut) as typeof fields), description };
}
