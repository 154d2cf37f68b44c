'use client';

import { Chip, Group, Select, TextInput } from '@mantine/core';

/** A maintenance window as its form holds it; the server judges it. */
export interface WindowDraft {
  type: string;
  days?: string[];
  start: string;
  end: string;
  timezone: string;
  policy: string;
}

const TYPES = [
  { value: 'once', label: 'Once' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'On week days' },
];
const POLICIES = [
  { value: 'skip', label: 'Skip: history only' },
  { value: 'hold', label: 'Hold until it ends' },
];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const NEW_WINDOW: WindowDraft = {
  type: 'daily',
  start: '22:00',
  end: '04:00',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  policy: 'skip',
};

/** The fields of one window: when it is, in which zone, and what happens to webhooks in it. */
export function WindowFields({
  value,
  fault,
  onChange,
}: {
  value: WindowDraft;
  fault: string | undefined;
  onChange(next: WindowDraft): void;
}) {
  const isOnce = value.type === 'once';
  const change = (type: string) => {
    const { days = DAYS.slice(0, 5), ...rest } = value;
    const times = (type === 'once') === isOnce ? {} : type === 'once' ? onceTimes() : { start: '22:00', end: '04:00' };
    onChange(type === 'weekly' ? { ...rest, ...times, type, days } : { ...rest, ...times, type });
  };
  const kind = isOnce ? 'datetime-local' : 'time';
  return (
    <>
      <div className="grid-fields">
        <Select
          label="When"
          data={TYPES}
          value={value.type}
          allowDeselect={false}
          onChange={(next) => next && change(next)}
        />
        <TextInput
          label="From"
          type={kind}
          value={value.start.slice(0, 16)}
          onChange={(event) => onChange({ ...value, start: event.currentTarget.value })}
        />
        <TextInput
          label="To"
          type={kind}
          value={value.end.slice(0, 16)}
          error={fault}
          onChange={(event) => onChange({ ...value, end: event.currentTarget.value })}
        />
        <Select
          label="Time zone"
          searchable
          data={zones(value.timezone)}
          limit={50}
          value={value.timezone}
          allowDeselect={false}
          onChange={(next) => next && onChange({ ...value, timezone: next })}
        />
        <Select
          label="Webhooks in it"
          data={POLICIES}
          value={value.policy}
          allowDeselect={false}
          onChange={(next) => next && onChange({ ...value, policy: next })}
        />
      </div>
      {value.type === 'weekly' && (
        <Chip.Group multiple value={value.days ?? []} onChange={(days) => onChange({ ...value, days })}>
          <Group gap="xs" role="group" aria-label="Days">
            {DAYS.map((day) => (
              <Chip key={day} value={day} size="xs">
                {day}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </>
  );
}

function onceTimes(): { start: string; end: string } {
  const at = (hours: number) => {
    const date = new Date(Date.now() + hours * 3_600_000);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  };
  return { start: at(0), end: at(2) };
}

function zones(chosen: string): string[] {
  return [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])];
}
