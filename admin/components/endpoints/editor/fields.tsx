'use client';

import { Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useDraft } from './draft.tsx';

interface FieldProps {
  path: string;
  label: string;
  description?: string;
}

/** Fields over the draft: each knows its path, shows the fault at it, and writes back as it is typed. */
export function TextAt({
  path,
  placeholder = '',
  mono = false,
  ...words
}: FieldProps & { placeholder?: string; mono?: boolean }) {
  const draft = useDraft();
  return (
    <TextInput
      {...words}
      wrapperProps={{ 'data-path': path }}
      placeholder={placeholder}
      value={textOf(draft.at(path))}
      error={draft.faultAt(path)}
      onChange={(event) => draft.set(path, event.currentTarget.value)}
      autoComplete="off"
      {...(mono && { styles: { input: { fontFamily: 'var(--mono)', fontSize: '0.85rem' } } })}
    />
  );
}

export function LongTextAt({
  path,
  rows = 4,
  placeholder = '',
  ...words
}: FieldProps & { rows?: number; placeholder?: string }) {
  const draft = useDraft();
  return (
    <Textarea
      {...words}
      wrapperProps={{ 'data-path': path }}
      rows={rows}
      placeholder={placeholder}
      value={textOf(draft.at(path))}
      error={draft.faultAt(path)}
      onChange={(event) => draft.set(path, event.currentTarget.value)}
    />
  );
}

export function SwitchAt({ path, ...words }: FieldProps) {
  const draft = useDraft();
  return (
    <Switch
      {...words}
      wrapperProps={{ 'data-path': path }}
      checked={draft.at(path) === true}
      error={draft.faultAt(path)}
      onChange={(event) => draft.set(path, event.currentTarget.checked)}
    />
  );
}

export function NumberAt({ path, suffix, min = 0, ...words }: FieldProps & { suffix: string; min?: number }) {
  const draft = useDraft();
  const value = draft.at(path);
  return (
    <TextInput
      {...words}
      wrapperProps={{ 'data-path': path }}
      type="number"
      min={min}
      step={1}
      rightSection={<small className="quiet">{suffix}</small>}
      value={typeof value === 'number' ? value : ''}
      error={draft.faultAt(path)}
      onChange={({ currentTarget: { value: typed } }) => draft.set(path, typed === '' ? null : Number(typed))}
    />
  );
}

export function ChoiceAt({
  path,
  choices,
  ...words
}: FieldProps & { choices: readonly { value: string; label: string }[] }) {
  const draft = useDraft();
  return (
    <Select
      {...words}
      wrapperProps={{ 'data-path': path }}
      data={choices}
      allowDeselect={false}
      value={textOf(draft.at(path))}
      error={draft.faultAt(path)}
      onChange={(value) => value !== null && draft.set(path, value)}
    />
  );
}

/** A list of texts: Enter or a comma ends one. */
export function ListAt({ path, placeholder = '', ...words }: FieldProps & { placeholder?: string }) {
  const draft = useDraft();
  const value = draft.at(path);
  const fault = draft.faultAt(path) ?? draft.faults.find((known) => known.path.startsWith(`${path}.`))?.message;
  return (
    <TagsInput
      {...words}
      wrapperProps={{ 'data-path': path }}
      placeholder={placeholder}
      value={Array.isArray(value) ? value.map(String) : []}
      error={fault}
      onChange={(next) => draft.set(path, next)}
      acceptValueOnBlur
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
