'use client';

import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect } from 'react';
import { LinkButton } from '../link-button.tsx';

/** The account of an incident to keep: as text, as data, on paper. Where the page shows a part of it, printing opens all of it first. */
export function LedgerTools({ id, isWhole }: { id: string; isWhole: boolean }) {
  const address = `/api/v1/incidents/${id}/ledger`;
  const icon = <IconPrinter size={14} aria-hidden="true" />;
  return (
    <div className="tools no-print">
      <a href={`${address}?format=markdown`} download={`incident-${id}.md`}>
        Markdown
      </a>
      <a href={`${address}?format=whole`} download={`incident-${id}.json`}>
        JSON
      </a>
      {isWhole ? (
        <Button size="xs" variant="default" leftSection={icon} onClick={() => print()}>
          Print
        </Button>
      ) : (
        <LinkButton size="xs" variant="default" leftSection={icon} href={`/incidents/${id}?all=1`}>
          Print all
        </LinkButton>
      )}
    </div>
  );
}

/** Opens the dialog to print once the page is there. */
export function PrintNow() {
  useEffect(() => print(), []);
  return null;
}
