'use server';

import { pageContext } from '../../../../lib/page-context.ts';
import { VerbError } from '../../../../server/errors.ts';
import { closeIncident, createTicketAnyway, noteIncident, retryIncident } from '../../../../server/incidents/orders.ts';
import { runVerb } from '../../../../server/verb.ts';

const VERBS = { note: noteIncident, close: closeIncident, retry: retryIncident, create: createTicketAnyway } as const;

/** What the forms of an incident show after they were sent. */
export interface OrderState {
  tone: 'good' | 'warn' | 'bad';
  text: string;
}

/** Sends a person's order from the page of incident `id`. Never throws for what a person can mend. */
export async function orderIncident(id: string, _before: OrderState | null, form: FormData): Promise<OrderState> {
  const kind = String(form.get('kind'));
  const text = String(form.get('text') ?? '').trim();
  if (!Object.hasOwn(VERBS, kind)) return { tone: 'bad', text: 'This is not known.' };
  const body = kind === 'note' || (kind === 'close' && text !== '') ? { text } : {};
  try {
    const { state, answer } = await runVerb(VERBS[kind as keyof typeof VERBS], await pageContext(), { id, body });
    if (state === 'done') return { tone: 'good', text: answer ?? 'Done.' };
    return { tone: 'warn', text: 'Kept. It is carried out as soon as the workflow and the ticket system answer.' };
  } catch (error) {
    if (error instanceof VerbError) return { tone: 'bad', text: error.message };
    throw error;
  }
}
