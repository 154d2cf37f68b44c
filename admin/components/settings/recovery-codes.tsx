'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { CopySnippet } from '../reference/copy-snippet.tsx';

/** The recovery codes, this once: to be copied, saved or written down. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const save = () => {
    const text = `HookWise recovery codes for ${window.location.host}\nEach opens the console once.\n\n${codes.join('\n')}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href: url, download: 'hookwise-recovery-codes.txt' }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="stack">
      <p>
        Each of these opens the console once when your phone is lost. They are <strong>not shown again</strong>: keep
        them where the phone is not.
      </p>
      <CopySnippet text={codes.join('\n')} label="Copy the recovery codes" />
      <div className="tools">
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />} onClick={save}>
          Download
        </Button>
        <Button onClick={onKept}>I have them</Button>
      </div>
    </div>
  );
}
