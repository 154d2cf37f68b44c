'use client';

import { Alert, Switch } from '@mantine/core';
import { useDraft } from './draft.tsx';
import { ChoiceAt, ListAt, TextAt } from './fields.tsx';

const PATH = 'verification';

interface Verifier {
  type: string;
}

const KINDS = [
  {
    type: 'bearer',
    label: 'Bearer token',
    words: 'Senders carry the token of this endpoint.',
    made: { type: 'bearer' },
  },
  {
    type: 'hmac',
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
  {
    type: 'ip',
    label: 'Addresses',
    words: 'Only these addresses and networks may send.',
    made: { type: 'ip', allow: [] },
  },
] as const;

const choices = (...values: string[]) => values.map((value) => ({ value, label: value }));

/** How senders prove who they are: all that are switched on must pass. */
export function Verifiers() {
  const draft = useDraft();
  const verifiers = (draft.at(PATH) ?? []) as Verifier[];
  return (
    <>
      {verifiers.length === 0 && (
        <Alert color="orange" title="Every sender is taken">
          Whoever knows the URL can open tickets. Switch on at least one check unless the network protects it.
        </Alert>
      )}
      {KINDS.map(({ type, label, words, made }) => {
        const at = verifiers.findIndex((verifier) => verifier.type === type);
        return (
          <div key={type} className="rule">
            <Switch
              label={label}
              description={words}
              checked={at >= 0}
              onChange={(event) =>
                draft.set(PATH, event.currentTarget.checked ? [...verifiers, made] : verifiers.toSpliced(at, 1))
              }
            />
            {at >= 0 && type === 'hmac' && (
              <div className="grid-fields">
                <TextAt
                  path={`${PATH}.${at}.secret`}
                  label="Shared secret"
                  description="Kept encrypted; ******** keeps the one there is."
                />
                <TextAt path={`${PATH}.${at}.header`} label="Header" mono />
                <ChoiceAt
                  path={`${PATH}.${at}.algorithm`}
                  label="Algorithm"
                  choices={choices('sha256', 'sha512', 'sha1')}
                />
                <ChoiceAt path={`${PATH}.${at}.encoding`} label="Encoding" choices={choices('hex', 'base64')} />
                <TextAt path={`${PATH}.${at}.prefix`} label="Prefix" placeholder="sha256=" mono />
              </div>
            )}
            {at >= 0 && type === 'ip' && (
              <ListAt path={`${PATH}.${at}.allow`} label="Allowed" placeholder="10.0.0.0/8, 2001:db8::/32" />
            )}
          </div>
        );
      })}
    </>
  );
}
