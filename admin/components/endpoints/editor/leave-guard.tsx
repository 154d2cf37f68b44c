'use client';

import { Button, Modal } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { setLeaveGuard } from '../../../lib/leave-guard.ts';

/** Asks before unsaved changes are lost: by a link, a key, the palette, or by closing the tab. */
export function LeaveGuard({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.getAttribute('href');
      if (!link || !href || href.startsWith('#') || link.target === '_blank' || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked(href);
    };
    setLeaveGuard(setAsked);
    addEventListener('beforeunload', stay);
    document.addEventListener('click', click, true);
    return () => {
      setLeaveGuard(null);
      removeEventListener('beforeunload', stay);
      document.removeEventListener('click', click, true);
    };
  }, [isOn]);
  return (
    <Modal opened={asked !== null} onClose={() => setAsked(null)} title="Leave without saving?" centered>
      <div className="stack">
        <p>The changes on this page are not saved yet.</p>
        <div className="tools">
          <Button data-autofocus onClick={() => setAsked(null)}>
            Stay
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setLeaveGuard(null);
              router.push(asked ?? '/');
            }}
          >
            Leave, lose the changes
          </Button>
        </div>
      </div>
    </Modal>
  );
}
