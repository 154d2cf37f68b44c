'use client';

import type { ReactNode } from 'react';
import { useDraft } from './draft.tsx';
import { ChoiceAt, ListAt, LongTextAt, NumberAt, SwitchAt, TextAt } from './fields.tsx';
import { HeartbeatTimes } from './heartbeat-times.tsx';
import { Mapping } from './mapping.tsx';
import { PickAt } from './pick-at.tsx';
import { Rules } from './rules.tsx';
import { Verifiers } from './verifiers.tsx';
import { Windows } from './windows.tsx';

export interface Section {
  id: string;
  title: string;
  words: string;
  fields(): ReactNode;
}

const OTHER = [
  { value: 'skip', label: 'Skip: history only' },
  { value: 'open', label: 'Open a ticket' },
];
const CLOSE = [
  { value: 'always', label: 'Always' },
  { value: 'untouched', label: 'Only what no person worked on' },
];
const OUTAGE = [
  { value: 'both', label: 'A ticket each, created and closed' },
  { value: 'summary', label: 'One ticket for all of them' },
  { value: 'nothing', label: 'History only' },
];
const VISIBILITY = [
  { value: 'internal', label: 'Internal' },
  { value: 'public', label: 'Public' },
];

function TicketFields() {
  const board = useDraft().at('ticketing.board');
  const parent = typeof board === 'string' ? board : '';
  const at = (name: string) => `ticketing.${name}`;
  return (
    <>
      <div className="grid-fields">
        <PickAt path={at('companyId')} label="Company" kind="companies" />
        <PickAt path={at('board')} label="Board" kind="boards" />
        <PickAt path={at('status')} label="Status" kind="statuses" parent={parent} />
        <PickAt path={at('closeStatus')} label="Status when closed" kind="statuses" parent={parent} />
        <PickAt path={at('type')} label="Type" kind="types" parent={parent} />
        <PickAt path={at('subtype')} label="Subtype" kind="subtypes" parent={parent} />
        <PickAt path={at('item')} label="Item" kind="items" parent={parent} />
        <PickAt path={at('priority')} label="Priority" kind="priorities" />
        <TextAt path={at('severity')} label="Severity" />
        <TextAt path={at('impact')} label="Impact" />
      </div>
      <div className="grid-fields">
        <TextAt path={at('summaryPrefix')} label="Summary prefix" placeholder="of the environment" />
        <ListAt path={at('summaryRemove')} label="Remove from the summary" />
      </div>
      <LongTextAt
        path={at('descriptionTemplate')}
        label="Description"
        description="Text with {$.path}. Empty: name, message, request id and the masked body."
        rows={5}
      />
    </>
  );
}

/** The parts of an endpoint in the order of a webhook's way through them. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'general',
    title: 'General',
    words: 'How people call it, and whether it takes webhooks.',
    fields: () => (
      <>
        <TextAt path="name" label="Name" />
        <LongTextAt path="description" label="Description" rows={2} />
        <SwitchAt path="enabled" label="Enabled" description="A disabled endpoint answers 403." />
        <SwitchAt path="draft" label="Draft" description="Not live yet: heartbeats stay quiet." />
        <SwitchAt path="pinned" label="Pinned" description="Stands first in lists." />
      </>
    ),
  },
  {
    id: 'verification',
    title: 'Senders',
    words: 'How senders prove who they are. All that are on must pass.',
    fields: () => <Verifiers />,
  },
  {
    id: 'trigger',
    title: 'Trigger',
    words: 'Which value opens a ticket, and which one closes it.',
    fields: () => (
      <>
        <SwitchAt path="ticketing.enabled" label="Make tickets" description="Off: history and heartbeat only." />
        <div className="grid-fields">
          <TextAt path="ticketing.triggerField" label="Field" placeholder="heartbeat.status" mono />
          <TextAt path="ticketing.splitPath" label="Several alerts in one body" placeholder="$.alerts[*]" mono />
          <ListAt path="ticketing.openValues" label="These values open" placeholder="0" />
          <ListAt path="ticketing.closeValues" label="These values close" placeholder="1" />
          <ChoiceAt path="ticketing.otherValues" label="Any other value" choices={OTHER} />
        </div>
      </>
    ),
  },
  {
    id: 'mapping',
    title: 'Field mapping',
    words: 'A path such as $.host, or text with {$.host} in it. Empty: the defaults below hold.',
    fields: () => <Mapping />,
  },
  {
    id: 'ticket',
    title: 'Ticket',
    words: 'Where tickets go when nothing else says so.',
    fields: () => <TicketFields />,
  },
  {
    id: 'rules',
    title: 'Routing rules',
    words: 'Where a value matches, other fields hold. Later rules win.',
    fields: () => <Rules />,
  },
  {
    id: 'behaviour',
    title: 'Notes and closing',
    words: 'What happens on an incident after its ticket was made.',
    fields: () => (
      <>
        <SwitchAt
          path="ticketing.tenantMap"
          label="Use the tenant map"
          description="Finds the company by the sender’s tenant."
        />
        <div className="grid-fields">
          <ChoiceAt path="ticketing.closePolicy" label="Close" choices={CLOSE} />
          <ChoiceAt path="ticketing.noteVisibility" label="Notes are" choices={VISIBILITY} />
          <NumberAt
            path="ticketing.noteIntervalSeconds"
            label="Join notes for"
            suffix="s"
            description="0: one note for each alert."
          />
          <NumberAt path="ticketing.closeDelaySeconds" label="Close after calm of" suffix="s" />
          <NumberAt
            path="ticketing.reopenWindowSeconds"
            label="Reopen within"
            suffix="s"
            description="0: a new ticket."
          />
          <ChoiceAt
            path="ticketing.outagePolicy"
            label="Came and went while the ticket system was away"
            choices={OUTAGE}
          />
          <NumberAt
            path="ticketing.flapChanges"
            label="Flapping above"
            suffix="changes"
            description="0: never. One note, then quiet until calm."
          />
          <NumberAt path="ticketing.flapMinutes" label="Counted within" suffix="min" />
          <NumberAt path="ticketing.flapCalmMinutes" label="Over after calm of" suffix="min" />
        </div>
        <ListAt
          path="ticketing.tenantPaths"
          label="Where the tenant’s name stands"
          placeholder="$.customer.name"
          description="Empty: Tenant or TenantId, at the top and under TaskInfo."
        />
      </>
    ),
  },
  {
    id: 'maintenance',
    title: 'Maintenance',
    words: 'Windows of this endpoint. The end minute is outside; a window may run over midnight.',
    fields: () => <Windows />,
  },
  {
    id: 'heartbeat',
    title: 'Heartbeat',
    words: 'Silence is an incident too.',
    fields: () => (
      <>
        <SwitchAt path="heartbeat.enabled" label="Expect webhooks regularly" />
        <HeartbeatTimes />
      </>
    ),
  },
  {
    id: 'analysis',
    title: 'Root cause',
    words: 'A language model writes likely causes as an internal note.',
    fields: () => (
      <>
        <SwitchAt path="analysis.enabled" label="Analyse new tickets" />
        <SwitchAt
          path="analysis.rerunOnChange"
          label="Ask again on change"
          description="When the alerts of an open ticket tell another story."
        />
        <LongTextAt path="analysis.instructions" label="What the model should know" rows={3} />
      </>
    ),
  },
];
