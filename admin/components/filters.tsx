'use client';

import { Button, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { withAddress } from '../lib/with-address.tsx';

export type Filter =
  | { kind: 'search'; name: string; label: string }
  | { kind: 'text'; name: string; label: string }
  | { kind: 'time'; name: string; label: string }
  | { kind: 'choice'; name: string; label: string; choices: readonly { value: string; label: string }[] };

const PAUSE_MS = 300;

/** Filters that live in the address. A change begins at the first page again. */
export const Filters = withAddress(FiltersInAddress);

function FiltersInAddress({ filters }: { filters: readonly Filter[] }) {
  const [values, set] = useQueryStates(
    Object.fromEntries([
      ...filters.map(({ name }) => [name, parseAsString] as const),
      ['cursor', parseAsString] as const,
    ]),
    { shallow: false },
  );
  const change = (name: string, value: string | null) =>
    void set({ [name]: value === '' ? null : value, cursor: null });
  const isUsed = filters.some(({ name }) => values[name] != null);
  return (
    <div className="tools" role="search">
      {filters.map((filter) => (
        <FilterField
          key={filter.name}
          filter={filter}
          value={values[filter.name] ?? null}
          onChange={(value) => change(filter.name, value)}
        />
      ))}
      {isUsed && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={16} aria-hidden="true" />}
          onClick={() => void set(null)}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

function FilterField({
  filter,
  value,
  onChange,
}: {
  filter: Filter;
  value: string | null;
  onChange(value: string | null): void;
}) {
  if (filter.kind === 'choice')
    return (
      <Select
        aria-label={filter.label}
        placeholder={filter.label}
        data={filter.choices}
        value={value}
        onChange={onChange}
        searchable={filter.choices.length > 12}
        clearable
        w={170}
      />
    );
  if (filter.kind === 'time') return <TimeField label={filter.label} value={value} onChange={onChange} />;
  return <TypedField filter={filter} value={value ?? ''} onChange={onChange} />;
}

/** What is typed goes to the address when the typing pauses. */
function TypedField({ filter, value, onChange }: { filter: Filter; value: string; onChange(value: string): void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  const isSearch = filter.kind === 'search';
  return (
    <TextInput
      type="search"
      className={isSearch ? 'grow' : ''}
      aria-label={filter.label}
      placeholder={filter.label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      {...(isSearch ? { leftSection: <IconSearch size={16} aria-hidden="true" />, 'data-search': true } : { w: 140 })}
    />
  );
}

/** A moment, typed in the viewer's zone and kept in UTC. */
function TimeField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const [local, setLocal] = useState('');
  useEffect(
    () => setLocal(value === null || Number.isNaN(Date.parse(value)) ? '' : localText(new Date(value))),
    [value],
  );
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      leftSection={<small aria-hidden="true">{label}</small>}
      leftSectionWidth={54}
      value={local}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setLocal(text);
        onChange(text === '' ? null : new Date(text).toISOString());
      }}
    />
  );
}

function localText(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
