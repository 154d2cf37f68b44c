'use client';

import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { useDraft } from './draft.tsx';

type Kind = 'boards' | 'statuses' | 'types' | 'subtypes' | 'items' | 'priorities' | 'companies';

const MOST = 100;

/** A name from the ticket system's list, as the worker last read it; any other name can be typed. */
export function PickAt({
  path,
  label,
  kind,
  parent = '',
}: {
  path: string;
  label: string;
  kind: Kind;
  parent?: string;
}) {
  const draft = useDraft();
  const [names, setNames] = useState<{ parent: string; list: string[] } | null>(null);
  const load = async () => {
    if (names?.parent === parent) return;
    const response = await fetch(`/api/v1/psa/${kind}?${new URLSearchParams({ parent })}`).catch(() => null);
    if (!response?.ok) return;
    const { items } = (await response.json()) as { items: { id: string; name: string }[] };
    const list = items.map(({ id, name }) => (kind === 'companies' ? id : name));
    setNames({ parent, list: [...new Set(list)] });
  };
  const value = draft.at(path);
  return (
    <Autocomplete
      label={label}
      wrapperProps={{ 'data-path': path }}
      placeholder="as the ticket system does"
      data={names?.list ?? []}
      limit={MOST}
      value={typeof value === 'string' ? value : ''}
      error={draft.faultAt(path)}
      onFocus={load}
      onChange={(next) => draft.set(path, next === '' ? null : next)}
    />
  );
}
