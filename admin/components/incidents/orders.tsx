'use client';

import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { orderIncident, type OrderName } from '../../app/(console)/incidents/[id]/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { IncidentView } from '../../server/incidents/schemas.ts';

const SNOOZES = [
  { label: 'Snooze 1 h', hours: 1 },
  { label: 'Snooze 8 h', hours: 8 },
] as const;
const KEPT = 'Kept. It is carried out as soon as the workflow and the ticket system answer.';

/** What a person can ask of an incident. */
export function Orders({ incident }: { incident: Pick<IncidentView, 'id' | 'phase' | 'ticketId'> }) {
  const { id, phase } = incident;
  const { run, isBusy } = useAct();
  const [text, setText] = useState('');
  const [visibility, setVisibility] = useState('internal');
  const [ticket, setTicket] = useState('');
  const order = async (kind: OrderName, body: object) => {
    const acted = await run(
      () => orderIncident(id, kind, body),
      ({ state, answer }) => (state === 'asked' ? KEPT : (answer ?? 'Done.')),
    );
    if (acted.ok) [setText, setTicket].forEach((clear) => clear(''));
  };
  const words = text.trim();
  const isOver = phase === 'closed' || phase === 'abandoned';
  return (
    <section className="card stack no-print" aria-label="Act">
      <h2>Act</h2>
      <Textarea
        label="Words for the note or the close"
        rows={3}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label="Who sees the note"
        size="xs"
        data={[
          { value: 'internal', label: 'Internal note' },
          { value: 'public', label: 'Public note' },
        ]}
        value={visibility}
        onChange={setVisibility}
      />
      <div className="tools">
        <Button disabled={isBusy || words === ''} onClick={() => order('note', { text: words, visibility })}>
          Add note
        </Button>
        <Button
          variant="default"
          disabled={isBusy || isOver}
          onClick={() => order('close', words === '' ? {} : { text: words })}
        >
          Close
        </Button>
        <Button variant="default" disabled={isBusy || isOver} onClick={() => order('retry', {})}>
          Try again now
        </Button>
        {phase === 'uncertain' && (
          <Button variant="default" color="orange" disabled={isBusy} onClick={() => order('create', {})}>
            Create a ticket anyway
          </Button>
        )}
      </div>
      {!isOver && (
        <div className="tools">
          <Button size="xs" variant="default" disabled={isBusy} onClick={() => order('acknowledge', {})}>
            Acknowledge
          </Button>
          {SNOOZES.map(({ label, hours }) => (
            <Button
              key={label}
              size="xs"
              variant="default"
              disabled={isBusy}
              onClick={() => order('snooze', { until: new Date(Date.now() + hours * 3_600_000).toISOString() })}
            >
              {label}
            </Button>
          ))}
          <Button size="xs" variant="default" disabled={isBusy} onClick={() => order('analyse', {})}>
            Analyse
          </Button>
        </div>
      )}
      {!isOver && (
        <details>
          <summary className="label">Adopt a ticket that exists already</summary>
          <form
            className="tools"
            onSubmit={(event) => {
              event.preventDefault();
              void order('adopt', { ticketId: ticket.trim() });
            }}
          >
            <TextInput
              className="grow"
              aria-label="Id of the ticket"
              placeholder="Id of the ticket"
              value={ticket}
              onChange={(event) => setTicket(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={isBusy || ticket.trim() === ''}>
              Adopt
            </Button>
          </form>
        </details>
      )}
    </section>
  );
}
