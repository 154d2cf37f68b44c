'use client';

import { Select } from '@mantine/core';
import { useDraft } from './draft.tsx';
import { NumberAt, TextAt } from './fields.tsx';

const CRON = 'heartbeat.cron';
const WAYS = [
  { value: 'interval', label: 'Every so often' },
  { value: 'cron', label: 'At set times' },
];

/** When the next webhook is expected: within an interval, or at the instants of a cron line with a grace. */
export function HeartbeatTimes() {
  const draft = useDraft();
  const isCron = typeof draft.at(CRON) === 'string';
  return (
    <>
      <Select
        label="Expected"
        data={WAYS}
        value={isCron ? 'cron' : 'interval'}
        allowDeselect={false}
        onChange={(way) => draft.set(CRON, way === 'cron' ? '0 2 * * *' : null)}
      />
      {isCron ? (
        <div className="grid-fields">
          <TextAt path={CRON} label="Cron" description="Minute, hour, day, month, weekday." mono />
          <TextAt path="heartbeat.timezone" label="Time zone" placeholder="Europe/Vienna" />
          <NumberAt path="heartbeat.graceMinutes" label="Grace" suffix="min" min={1} />
        </div>
      ) : (
        <NumberAt path="heartbeat.timeoutMinutes" label="Silent for" suffix="min" min={1} />
      )}
    </>
  );
}
