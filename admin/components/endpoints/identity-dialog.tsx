'use client';

import { Button, Modal } from '@mantine/core';
import type { MovedIncidents } from './moved-incidents.ts';

/** Names the open incidents that a change would lose sight of, and asks whether it shall be made all the same. */
export function IdentityDialog({
  moved: { total, incidents },
  isBusy,
  onConfirm,
  onClose,
}: {
  moved: MovedIncidents;
  isBusy: boolean;
  onConfirm(): void;
  onClose(): void;
}) {
  return (
    <Modal opened onClose={onClose} title="Open incidents would lose their sender" centered size="lg">
      <div className="stack">
        <p>
          With this change the next alert of {total === 1 ? 'this incident' : `these ${total} incidents`} would open a
          new ticket, and no close would reach the old one.
        </p>
        <ul className="plain scroll">
          {incidents.slice(0, 50).map(({ id, summary, ticketId, ticketUrl }) => (
            <li key={id}>
              <span className="dot open" aria-hidden="true" />
              <span className="wrap">
                <a href={`/incidents/${id}`} target="_blank">
                  {summary}
                </a>
                <small className="quiet">
                  {ticketId === null ? (
                    'no ticket yet'
                  ) : ticketUrl === null ? (
                    `#${ticketId}`
                  ) : (
                    <a href={ticketUrl}>#{ticketId}</a>
                  )}
                </small>
              </span>
            </li>
          ))}
        </ul>
        {total > 50 && <p className="quiet">and {total - 50} more</p>}
        <div className="tools">
          <Button data-autofocus variant="default" onClick={onClose}>
            Do not save
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            Save all the same
          </Button>
        </div>
      </div>
    </Modal>
  );
}
