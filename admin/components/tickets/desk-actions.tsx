'use client';

import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { closeItsIncident, reply, setClosed } from '../../app/(console)/tickets/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { TicketView } from '../../server/tickets/schemas.ts';

/** Reply, close, open again. A ticket of an open incident is closed through it, so that both end together. */
export function DeskActions({ ticket }: { ticket: Pick<TicketView, 'id' | 'closed' | 'incidentId'> }) {
  const { id, closed, incidentId } = ticket;
  const { run, isBusy } = useAct();
  const [text, setText] = useState('');
  const [visibility, setVisibility] = useState('public');
  const words = text.trim();
  const send = async () => {
    const { ok } = await run(() => reply(id, text, visibility), 'Written.');
    if (ok) setText('');
    return ok;
  };
  const close = async () => {
    if (words !== '' && !(await send())) return;
    await end();
  };
  const end = () =>
    incidentId === null
      ? run(() => setClosed(id, true), 'The ticket is closed.')
      : run(
          () => closeItsIncident(incidentId),
          ({ state, answer }) =>
            state === 'asked'
              ? 'Kept. It is closed as soon as the workflow answers.'
              : (answer ?? 'The ticket is closed.'),
        );
  return (
    <section className="card stack" aria-label="Answer">
      <h2>Answer</h2>
      <Textarea
        label="Reply"
        rows={4}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && words !== '' && !isBusy) void send();
        }}
      />
      <SegmentedControl
        size="xs"
        aria-label="Who sees the reply"
        data={[
          { value: 'public', label: 'Public' },
          { value: 'internal', label: 'Internal' },
        ]}
        value={visibility}
        onChange={setVisibility}
      />
      <div className="tools">
        <Button disabled={isBusy || words === ''} onClick={send}>
          Reply
        </Button>
        {closed ? (
          <Button
            variant="default"
            disabled={isBusy}
            onClick={() => run(() => setClosed(id, false), 'The ticket is open.')}
          >
            Open again
          </Button>
        ) : (
          <Button variant="default" disabled={isBusy} onClick={close}>
            {words === '' ? 'Close ticket' : 'Reply and close'}
          </Button>
        )}
      </div>
    </section>
  );
}
