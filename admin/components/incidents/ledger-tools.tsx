'use client';

import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';

/** The account of an incident to keep: as text, as data, on paper. */
export function LedgerTools({ id }: { id: string }) {
  const address = `/api/v1/incidents/${id}/ledger`;
  return (
    <div className="tools no-print">
      <a href={`${address}?format=markdown`} download={`incident-${id}.md`}>
        Markdown
      </a>
      <a href={`${address}?limit=1000`} download={`incident-${id}.json`}>
        JSON
      </a>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPrinter size={14} aria-hidden="true" />}
        onClick={() => print()}
      >
        Print
      </Button>
    </div>
  );
}
