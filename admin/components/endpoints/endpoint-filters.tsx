'use client';

import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { withAddress } from '../../lib/with-address.tsx';

const STATES = [
  { value: 'on', label: 'Receiving' },
  { value: 'failing', label: 'Failing' },
  { value: 'quiet', label: 'No webhook today' },
  { value: 'off', label: 'Disabled' },
  { value: 'draft', label: 'Drafts' },
] as const;

const VIEWS = [
  { value: 'cards', label: 'Cards' },
  { value: 'list', label: 'List' },
] as const;

/** Search, state and the way of showing, kept in the address. */
export const EndpointFilters = withAddress(EndpointFiltersInAddress);

function EndpointFiltersInAddress({ total }: { total: number }) {
  const [{ q, state, view }, set] = useQueryStates(
    {
      q: parseAsString.withDefault(''),
      state: parseAsStringLiteral(STATES.map(({ value }) => value)),
      view: parseAsStringLiteral(VIEWS.map(({ value }) => value)).withDefault('cards'),
    },
    { shallow: false, throttleMs: 250 },
  );
  return (
    <div className="tools" role="search">
      <TextInput
        className="grow"
        type="search"
        data-search
        aria-label="Search endpoints"
        placeholder="Search endpoints"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={q}
        onChange={(event) => set({ q: event.currentTarget.value || null })}
      />
      <Select
        aria-label="State"
        placeholder="Every state"
        data={STATES}
        value={state}
        onChange={(value) => set({ state: value as (typeof STATES)[number]['value'] | null })}
        clearable
        w={190}
      />
      <SegmentedControl
        aria-label="Shown as"
        data={[...VIEWS]}
        value={view}
        onChange={(next) => set({ view: next as (typeof VIEWS)[number]['value'] })}
      />
      <small className="quiet" aria-live="polite">
        {total.toLocaleString('en')} {total === 1 ? 'endpoint' : 'endpoints'}
      </small>
    </div>
  );
}
