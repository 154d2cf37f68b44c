'use client';

import { useState } from 'react';
import type { Acted } from '../../lib/act.ts';
import { useAct } from '../../lib/use-act.ts';
import type { PlanView } from '../../server/transfer/plan-item.ts';

/** Asks for a plan and carries it out only as it was seen: what is chosen anew must be seen anew. */
export function usePlan<P extends PlanView>(ask: (isReal: boolean) => Promise<Acted<P>>) {
  const { run, isBusy } = useAct();
  const [plan, setPlan] = useState<P | null>(null);
  const [refusal, setRefusal] = useState<Extract<Acted<P>, { ok: false }> | null>(null);
  const go = async (isReal: boolean) => {
    const acted = await run(() => ask(isReal), isReal ? 'Done.' : '', 'shown');
    setPlan(acted.ok ? acted.value : null);
    setRefusal(acted.ok ? null : acted);
  };
  const forget = () => {
    setPlan(null);
    setRefusal(null);
  };
  return { plan, refusal, isBusy, preview: () => go(false), carryOut: () => go(true), forget };
}
