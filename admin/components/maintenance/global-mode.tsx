'use client';

import { SegmentedControl } from '@mantine/core';
import { setPolicy } from '../../app/(console)/maintenance/actions.ts';
import type { Acted } from '../../lib/act.ts';
import { useAct } from '../../lib/use-act.ts';
import { MaintenanceSwitch } from '../overview/maintenance-switch.tsx';

/** Maintenance for everything at once, and what happens to webhooks meanwhile. */
export function GlobalMode({
  isOn,
  policy,
  mayChange,
  action,
}: {
  isOn: boolean;
  policy: string;
  mayChange: boolean;
  action(isOn: boolean): Promise<Acted<unknown>>;
}) {
  const { run, isBusy } = useAct();
  if (!mayChange)
    return (
      <p className="card state">
        Maintenance mode is {isOn ? 'on' : 'off'}; webhooks would be {policy === 'hold' ? 'held' : 'skipped'}.
      </p>
    );
  return (
    <section className="card tools" aria-label="Maintenance mode">
      <span className="grow">
        <MaintenanceSwitch isOn={isOn} action={action} />
      </span>
      <SegmentedControl
        aria-label="Webhooks in maintenance mode"
        size="xs"
        disabled={isBusy}
        data={[
          { value: 'skip', label: 'Skip webhooks' },
          { value: 'hold', label: 'Hold webhooks' },
        ]}
        value={policy}
        onChange={(value) => run(() => setPolicy(value), 'Saved.')}
      />
    </section>
  );
}
