'use client';

import { Button, TextInput } from '@mantine/core';
import { CopyIcon } from './copy-icon.tsx';

/** What a change answered this once. */
export interface MadeSecrets {
  token?: string | undefined;
  secret?: string | undefined;
}

/** The secrets that a change made, to be copied now: nobody can read them again. */
export function SecretsOnce({ made: { token, secret }, onTaken }: { made: MadeSecrets; onTaken?: () => void }) {
  return (
    <section className="rule once" role="alert">
      <strong>Shown this once: copy it to the sender.</strong>
      {token !== undefined && (
        <TextInput label="Bearer token" value={token} readOnly rightSection={<CopyIcon what="token" text={token} />} />
      )}
      {secret !== undefined && (
        <TextInput
          label="Signing secret"
          value={secret}
          readOnly
          rightSection={<CopyIcon what="signing secret" text={secret} />}
        />
      )}
      {onTaken && (
        <div>
          <Button size="xs" variant="default" onClick={onTaken}>
            I have it
          </Button>
        </div>
      )}
    </section>
  );
}

/** Those of an answer, or null where it made none. */
export function secretsOf({ token, secret }: MadeSecrets): MadeSecrets | null {
  return token === undefined && secret === undefined ? null : { token, secret };
}
