'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { setLeaveGuard, type Leaving } from '../../../lib/leave-guard.ts';
import { useBackGuard } from './use-back-guard.ts';

const LeaveDialog = dynamic(() => import('./leave-dialog.tsx').then((module) => module.LeaveDialog), { ssr: false });

/** Asks before unsaved changes are lost: by a link, a key, the palette, the Back button, signing out or closing the tab. */
export function LeaveGuard({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Leaving | null>(null);
  const isLeaving = useRef(false);
  const ask = useCallback((leaving: Leaving) => setAsked(() => leaving), []);
  useBackGuard(isOn, isLeaving, ask);
  useEffect(() => {
    if (!isOn) return;
    const stay = (event: BeforeUnloadEvent) => !isLeaving.current && event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.getAttribute('href');
      if (!link || !href || href.startsWith('#') || link.target === '_blank' || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      ask(href);
    };
    setLeaveGuard(ask);
    addEventListener('beforeunload', stay);
    document.addEventListener('click', click, true);
    return () => {
      setLeaveGuard(null);
      removeEventListener('beforeunload', stay);
      document.removeEventListener('click', click, true);
    };
  }, [isOn, ask]);
  if (asked === null) return null;
  const leave = () => {
    isLeaving.current = true;
    setLeaveGuard(null);
    setAsked(null);
    if (typeof asked === 'string') router.push(asked);
    else asked();
  };
  return <LeaveDialog onStay={() => setAsked(null)} onLeave={leave} />;
}
