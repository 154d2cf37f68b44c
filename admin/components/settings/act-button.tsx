'use client';

import { Button } from '@mantine/core';
import type { Acted } from '../../lib/act.ts';
import { useAct } from '../../lib/use-act.ts';

/** A button that runs one action and says how it ended. */
export function ActButton({ label, done, action }: { label: string; done: string; action(): Promise<Acted<unknown>> }) {
  const { run, isBusy } = useAct();
  return (
    <Button variant="default" loading={isBusy} onClick={() => run(action, done)}>
      {label}
    </Button>
  );
}
