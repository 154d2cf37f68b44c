'use client';

import { ActionIcon, Alert, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useDraft } from './draft.tsx';
import { ChoiceAt, ListAt, TextAt } from './fields.tsx';

const PATH = 'verification';

interface Verifier {
  type: 'bearer' | 'hmac' | 'ip';
}

const KINDS = {
  bearer: { label: 'Bearer token', words: 'Senders carry the token of this endpoint.', made: { type: 'bearer' } },
  hmac: {
    label: 'HMAC signature',
    words: 'Senders sign the body with a shared secret.',
    made: {
      type: 'hmac',
      secret: '',
      algorithm: 'sha256',
      header: 'X-HookWise-Signature',
      encoding: 'hex',
      prefix: '',
    },
  },
  ip: {
    label: 'Addresses',
    words: 'Only these addresses and networks may send.',
    made: { type: 'ip', allow: [] },
  },
} as const;

const choices = (...values: string[]) => values.map((value) => ({ value, label: value }));

/** How senders prove who they are, one by one: all must pass. */
export function Verifiers() {
  const draft = useDraft();
  const verifiers = (draft.at(PATH) ?? []) as Verifier[];
  return (
    <>
      {verifiers.length === 0 && (
        <Alert color="orange" title="Every sender is taken">
          Whoever knows the URL can open tickets. Add at least one check unless the network protects it.
        </Alert>
      )}
      {verifiers.map(({ type }, at) => {
        const { label, words } = KINDS[type];
        const number = verifiers.slice(0, at + 1).filter((other) => other.type === type).length;
        const name = number > 1 ? `${label} ${number}` : label;
        return (
          <div key={at} className="rule" role="group" aria-label={name}>
            <div className="head">
              <strong>{name}</strong>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={`Remove ${name}`}
                onClick={() => draft.set(PATH, verifiers.toSpliced(at, 1))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </div>
            <p className="quiet">{words}</p>
            {type === 'hmac' && <HmacFields at={at} />}
            {type === 'ip' && (
              <ListAt path={`${PATH}.${at}.allow`} label="Allowed" placeholder="10.0.0.0/8, 2001:db8::/32" />
            )}
          </div>
        );
      })}
      <div className="tools">
        {(Object.keys(KINDS) as Verifier['type'][])
          .filter((type) => type !== 'bearer' || !verifiers.some((known) => known.type === 'bearer'))
          .map((type) => (
            <Button
              key={type}
              size="xs"
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => draft.set(PATH, [...verifiers, KINDS[type].made])}
            >
              {KINDS[type].label}
            </Button>
          ))}
      </div>
    </>
  );
}

function HmacFields({ at }: { at: number }) {
  return (
    <div className="grid-fields">
      <TextAt
        path={`${PATH}.${at}.secret`}
        label="Shared secret"
        description="Kept encrypted; ******** keeps the one there is."
      />
      <TextAt path={`${PATH}.${at}.header`} label="Header" mono />
      <ChoiceAt path={`${PATH}.${at}.algorithm`} label="Algorithm" choices={choices('sha256', 'sha512', 'sha1')} />
      <ChoiceAt path={`${PATH}.${at}.encoding`} label="Encoding" choices={choices('hex', 'base64')} />
      <TextAt path={`${PATH}.${at}.prefix`} label="Prefix" placeholder="sha256=" mono />
    </div>
  );
}
