'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '../link.tsx';
import type { EndpointAnswer } from '../../server/endpoints/schemas.ts';
import { CopyIcon } from './copy-icon.tsx';
import { SecretsOnce, secretsOf } from './secrets-once.tsx';

/** The copy that was just made: where it is, and its own secrets this once. */
export function CloneMade({ made, onClose }: { made: EndpointAnswer; onClose(): void }) {
  const secrets = secretsOf(made);
  return (
    <Modal opened onClose={onClose} title={`${made.name} is made`} centered size="lg" closeOnClickOutside={false}>
      <div className="stack">
        <p>
          It is configured alike and starts as a draft: webhooks are planned, no ticket is made, until the draft is
          switched off. No secret was carried over.
        </p>
        <TextInput label="URL" value={made.url} readOnly rightSection={<CopyIcon what="URL" text={made.url} />} />
        {secrets !== null && <SecretsOnce made={secrets} />}
        <div className="tools">
          <Button component={Link} href={`/endpoints/${made.id}/edit`}>
            Configure it
          </Button>
          <Button variant="default" onClick={onClose}>
            {secrets === null ? 'Done' : 'I have it'}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
