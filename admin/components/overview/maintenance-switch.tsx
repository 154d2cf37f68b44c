'use client';

import { Switch } from '@mantine/core';
import { useOptimistic, useTransition } from 'react';
import type { Acted } from '../../lib/act.ts';
import { useAct } from '../../lib/use-act.ts';

/** Maintenance for everything, at once. */
export function MaintenanceSwitch({ isOn, action }: { isOn: boolean; action(isOn: boolean): Promise<Acted<unknown>> }) {
  const { run } = useAct();
  const [shown, show] = useOptimistic(isOn);
  const [isBusy, start] = useTransition();
  return (
    <Switch
      label="Maintenance mode"
      color="orange"
      checked={shown}
      disabled={isBusy}
      onChange={({ currentTarget: { checked } }) =>
        start(async () => {
          show(checked);
          await run(() => action(checked), checked ? 'Maintenance mode is on.' : 'Maintenance mode is off.');
        })
      }
    />
  );
}
