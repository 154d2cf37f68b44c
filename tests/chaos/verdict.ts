import type { SimulatedTicket } from '../../infra/bench/simulator-process.ts';
import { endsClosed, mostTickets, type StormIncident } from './storm-plan.ts';
import type { Accepted } from './storm-sender.ts';

/** What the database says of the accepted webhooks. */
export interface Ledger {
  /** Request ids that are nowhere in the history. */
  missing: string[];
  /** Request ids not planned, or with an alert that is not settled. */
  unsettled: string[];
  /** Request ids that were planned or settled as failed. */
  failed: string[];
}

/** All of it must be 0. */
export interface Verdict {
  lostWebhooks: number;
  unsettled: number;
  failed: number;
  lostOpens: number;
  lostCloses: number;
  lostNotes: number;
  doubledTickets: number;
  doubledNotes: number;
  doubledResolutions: number;
}

export interface Judged {
  verdict: Verdict;
  /** The first few findings in words. */
  findings: string[];
}

/** Judges one run from the sender's own list of 202s, the ledger, and what the ticket system holds. */
export function judge(
  incidents: readonly StormIncident[],
  accepted: readonly Accepted[],
  ledger: Ledger,
  tickets: readonly SimulatedTicket[],
  isJoined: (endpoint: number) => boolean,
): Judged {
  const verdict: Verdict = {
    lostWebhooks: ledger.missing.length,
    unsettled: ledger.unsettled.length,
    failed: ledger.failed.length,
    lostOpens: 0,
    lostCloses: 0,
    lostNotes: 0,
    doubledTickets: doubledKeys(tickets),
    doubledNotes: 0,
    doubledResolutions: 0,
  };
  const findings = [
    ...ledger.missing.map((id) => `${id} is not in the history`),
    ...ledger.unsettled.map((id) => `${id} is not settled`),
    ...ledger.failed.map((id) => `${id} failed`),
  ];
  const add = (what: keyof Verdict, by: number, words: string) => {
    if (by <= 0) return;
    verdict[what] += by;
    findings.push(words);
  };
  const byIncident = Map.groupBy(accepted, ({ alert }) => alert.incident);
  for (const incident of incidents) {
    const sent = byIncident.get(incident) ?? [];
    const own = tickets
      .filter(({ summary }) => summary.includes(incident.name))
      .sort((a, b) => a.createdAtMs - b.createdAtMs);
    const words = `${incident.name} (${incident.story}, tickets ${own.map(({ id }) => id).join(' ') || 'none'})`;
    const opens = sent.filter(({ alert }) => alert.kind === 'open');
    const isOpen = own.some((ticket) => !ticket.closedFlag && ticket.deletedAt === null && ticket.mergedInto === null);
    add(
      'doubledTickets',
      Math.max(own.length - mostTickets(incident), overlaps(own)),
      `${words}: ${own.length} tickets, at most ${mostTickets(incident)}, ${overlaps(own)} open beside another`,
    );
    if (endsClosed(incident))
      add(
        'lostCloses',
        Number(isOpen || own.length === 0),
        `${words}: recovered, yet ${own.length === 0 ? 'it never had a ticket' : 'a ticket is open'}`,
      );
    else add('lostOpens', Number(!isOpen), `${words}: fails, yet no ticket is open`);
    const told = isJoined(incident.endpoint) ? toldTogether(own, opens.length) : toldEach(own, opens);
    add(
      'lostNotes',
      told.lost,
      `${words}: ${told.lost} of ${opens.length} alerts are told nowhere ${told.which.lost.join(' ')}`,
    );
    add(
      'doubledNotes',
      told.doubled,
      `${words}: ${told.doubled} alerts are told twice ${told.which.doubled.join(' ')}`,
    );
    const twice = doubledResolutions(own, sent);
    add('doubledResolutions', twice, `${words}: ${twice} resolution notes too many`);
  }
  return { verdict, findings };
}

export function isClean(verdict: Verdict): boolean {
  return Object.values(verdict).every((count) => count === 0);
}

function doubledKeys(tickets: readonly SimulatedTicket[]): number {
  const keys = tickets.flatMap(({ externalXRef }) => (externalXRef ? [externalXRef] : []));
  return keys.length - new Set(keys).size;
}

/** Tickets that were made while an earlier one of the incident was still open. */
function overlaps(own: readonly SimulatedTicket[]): number {
  return own.filter((ticket, at) => own.slice(0, at).some((earlier) => closedAt(earlier) > ticket.createdAtMs)).length;
}

/** The simulator keeps whole seconds of changes, its tickets' making to the millisecond. */
function closedAt(ticket: SimulatedTicket): number {
  const last = ticket.statusChanges.findLast(({ closedFlag }) => closedFlag);
  return ticket.closedFlag && last ? Date.parse(last.at) : Number.POSITIVE_INFINITY;
}

interface Told {
  lost: number;
  doubled: number;
  /** Tokens, where each alert is told by itself. */
  which: { lost: string[]; doubled: string[] };
}

const updatesOf = (own: readonly SimulatedTicket[]) =>
  own.flatMap(({ notes }) => notes.filter(({ resolutionFlag }) => !resolutionFlag).map(({ text }) => text));

/** `noteIntervalSeconds` 0: the message of each alert is in a description or a note of its own. */
function toldEach(own: readonly SimulatedTicket[], opens: readonly Accepted[]): Told {
  const tokens = updatesOf(own).flatMap((text) => [...new Set(text.match(/t\d+x\d{6}z/g))]);
  const lost = opens.map(({ alert }) => alert.token).filter((token) => !tokens.includes(token));
  const doubled = tokens.filter((token, at) => tokens.indexOf(token) < at);
  return { lost: lost.length, doubled: doubled.length, which: { lost, doubled } };
}

/** Joined notes: each ticket tells one alert by its description and the rest by the numbers of its notes. */
function toldTogether(own: readonly SimulatedTicket[], opens: number): Told {
  const told = updatesOf(own).reduce((sum, text) => sum + alertsTold(text), 0);
  return { lost: Math.max(0, opens - told), doubled: Math.max(0, told - opens), which: { lost: [], doubled: [] } };
}

/** How many alerts a description or a note tells. */
export function alertsTold(text: string): number {
  return Number(/(\d+) more alerts in \d+ s/.exec(text)?.[1] ?? 1);
}

/** Each close may be told once, and a ticket has at most as many resolutions as there were closes. */
function doubledResolutions(own: readonly SimulatedTicket[], sent: readonly Accepted[]): number {
  const notes = own.flatMap(({ notes }) => notes.filter(({ resolutionFlag }) => resolutionFlag));
  const tokens = notes.flatMap(({ text }) => text.match(/t\d+x\d{6}z/)?.[0] ?? []);
  const closes = sent.filter(({ alert }) => alert.kind === 'close').length;
  return Math.max(tokens.length - new Set(tokens).size, notes.length - closes, 0);
}
