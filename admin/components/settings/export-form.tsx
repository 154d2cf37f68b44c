'use client';

import { Button, PasswordInput, Radio } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { postRest } from '../../lib/post-rest.ts';
import { useAct } from '../../lib/use-act.ts';

const WAYS = [
  { value: 'keep', label: 'Leave secrets out', words: 'For this installation: they stay as they are.' },
  {
    value: 'reference',
    label: 'Name secrets',
    words: 'As ${NAME}, for a repository; whoever applies it gives values.',
  },
  { value: 'encrypted', label: 'Encrypt secrets', words: 'Under a passphrase, to move to another installation.' },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** The whole configuration as one YAML file. */
export function ExportForm() {
  const { run, isBusy } = useAct();
  const [secrets, setSecrets] = useState<Way>('keep');
  const [passphrase, setPassphrase] = useState('');
  const download = async () => {
    const body = { secrets, passphrase: secrets === 'encrypted' ? passphrase : null };
    const acted = await run(() => postRest<string>('/api/v1/export', body), 'The file is being saved.');
    if (!acted.ok) return;
    const url = URL.createObjectURL(new Blob([acted.value], { type: 'application/yaml' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'hookwise.yaml' });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <form
      className="card stack"
      aria-label="Export"
      onSubmit={(event) => {
        event.preventDefault();
        void download();
      }}
    >
      <h2>Export</h2>
      <p className="quiet">Endpoints, windows, tenants and settings as YAML, in an order that stays.</p>
      <Radio.Group aria-label="Secrets" value={secrets} onChange={(value) => setSecrets(value as Way)}>
        <div className="stack">
          {WAYS.map(({ value, label, words }) => (
            <Radio key={value} value={value} label={label} description={words} />
          ))}
        </div>
      </Radio.Group>
      {secrets === 'encrypted' && (
        <PasswordInput
          label="Passphrase"
          description="At least 8 characters. It is kept nowhere."
          minLength={8}
          required
          autoComplete="new-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      )}
      <div>
        <Button type="submit" loading={isBusy} leftSection={<IconDownload size={16} aria-hidden="true" />}>
          Export
        </Button>
      </div>
    </form>
  );
}
