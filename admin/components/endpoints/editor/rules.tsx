'use client';

import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useDraft } from './draft.tsx';
import { TextAt } from './fields.tsx';
import { OverrideFields } from './override-fields.tsx';

const PATH = 'ticketing.routingRules';

/** Routing rules, in their order: later ones win. */
export function Rules() {
  const draft = useDraft();
  const rules = asList(draft.at(PATH));
  const move = (from: number, to: number) => {
    const next = [...rules];
    next.splice(to, 0, ...next.splice(from, 1));
    draft.set(PATH, next);
  };
  return (
    <>
      {rules.map((_, at) => (
        <div key={at} className="rule" role="group" aria-label={`Rule ${at + 1}`}>
          <div className="head">
            <strong>Rule {at + 1}</strong>
            <span className="tools">
              <Step label={`Move rule ${at + 1} up`} isOff={at === 0} onClick={() => move(at, at - 1)} icon="up" />
              <Step
                label={`Move rule ${at + 1} down`}
                isOff={at === rules.length - 1}
                onClick={() => move(at, at + 1)}
                icon="down"
              />
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={`Remove rule ${at + 1}`}
                onClick={() => draft.set(PATH, rules.toSpliced(at, 1))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </span>
          </div>
          <div className="grid-fields">
            <TextAt path={`${PATH}.${at}.path`} label="Where" placeholder="$.severity" mono />
            <TextAt path={`${PATH}.${at}.pattern`} label="matches (regular expression)" placeholder="^critical$" mono />
          </div>
          <OverrideFields path={`${PATH}.${at}.overrides`} />
          <DropAt path={`${PATH}.${at}.overrides.drop`} />
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => draft.set(PATH, [...rules, { path: '', pattern: '', overrides: {} }])}
        >
          Add a rule
        </Button>
      </div>
    </>
  );
}

function DropAt({ path }: { path: string }) {
  const draft = useDraft();
  return (
    <Checkbox
      label="Drop: history only, no ticket. A close is never dropped."
      checked={draft.at(path) === true}
      onChange={(event) => draft.set(path, event.currentTarget.checked)}
    />
  );
}

function Step({
  label,
  isOff,
  onClick,
  icon,
}: {
  label: string;
  isOff: boolean;
  onClick(): void;
  icon: 'up' | 'down';
}) {
  const Icon = icon === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={onClick}>
      <Icon size={16} aria-hidden="true" />
    </ActionIcon>
  );
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
