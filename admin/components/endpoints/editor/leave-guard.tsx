'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { setLeaveGuard } from '../../../lib/leave-guard.ts';

const LeaveDialog = dynamic(() => import('./leave-dialog.tsx').then((module) => module.LeaveDialog), { ssr: false });

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
  if (asked === null) return null;
  const leave = () => {
    setLeaveGuard(null);
    router.push(asked);
  };
  return <LeaveDialog onStay={() => setAsked(null)} onLeave={leave} />;
}
