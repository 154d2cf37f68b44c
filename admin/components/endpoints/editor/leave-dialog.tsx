'use client';

import { Button, Modal } from '@mantine/core';

export function LeaveDialog({ onStay, onLeave }: { onStay(): void; onLeave(): void }) {
  return (
    <Modal opened onClose={onStay} title="Leave without saving?" centered>
      <div className="stack">
        <p>The changes on this page are not saved yet.</p>
        <div className="tools">
          <Button data-autofocus onClick={onStay}>
            Stay
          </Button>
          <Button variant="default" onClick={onLeave}>
            Leave, lose the changes
          </Button>
        </div>
      </div>
    </Modal>
  );
}
