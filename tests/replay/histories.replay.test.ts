import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.ts';
import { replayHistory } from '../../activities/replay.ts';
import { createTicketActivities } from '../../activities/tickets/ticket.activities.ts';
import { ORDER_UPDATES } from '../../workflows/contracts/incident.ts';
import * as workflows from '../../workflows/index.ts';
import { testBundle } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

interface HistoryEvent {
  eventType: string;
  workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  workflowExecutionUpdateAcceptedEventAttributes?: { acceptedRequest: { input: { name: string } } };
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}
const read = (name: string) =>
  JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as { events: (HistoryEvent & Record<string, unknown>)[] };
const kept = names.map((name) => read(name).events);

/** What the histories hold by `find`, once each. */
const found = (find: (event: HistoryEvent) => string | undefined) =>
  [...new Set(kept.flatMap((events) => events.flatMap((event) => find(event) ?? [])))].sort();
const typeOf = (events: readonly HistoryEvent[]) =>
  events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name ?? '';

let bundle: { codePath: string };
beforeAll(async () => {
  quietRuntime();
  bundle = await testBundle();
});

describe('the kept histories', () => {
  it('are there for every story', () => {
    expect([...new Set(kept.map(typeOf))].sort()).toEqual(Object.keys(workflows).sort());
  });

  it('are there for every order of a person', () => {
    const orders = found((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.name);
    expect(orders).toEqual(Object.values(ORDER_UPDATES).toSorted());
  });

  it('are there for every step of an incident', () => {
    const steps = found((event) => event.activityTaskScheduledEventAttributes?.activityType.name);
    const { takeAlerts: _, ...remote } = createTicketActivities({} as ActivityDeps);
    expect(steps).toEqual(expect.arrayContaining(Object.keys(remote)));
  });

  it('are there for the ways in which a run of an incident ends', () => {
    const ends = new Set(kept.filter((events) => typeOf(events) === 'incidentWorkflow').map((events) => events.at(-1)));
    const types = [...ends].map((event) => event?.eventType);
    for (const end of ['COMPLETED', 'CONTINUED_AS_NEW'])
      expect(types).toContain(`EVENT_TYPE_WORKFLOW_EXECUTION_${end}`);
  });

  it.each(names)('%s replays on the present workflow code', async (name) => {
    await replayHistory(bundle, read(name), name);
  });

  it('refuse a history whose activity type was changed, and say where', async () => {
    const spoiled = JSON.parse(
      readFileSync(`${FOLDER}open-note-close.json`, 'utf8').replaceAll('"openTicket"', '"somethingElse"'),
    ) as unknown;
    await expect(replayHistory(bundle, spoiled, 'spoiled')).rejects.toThrow(/somethingElse|openTicket/);
  });
});
