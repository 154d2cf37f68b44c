'use client';

import { Button } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { countOf, useBulk } from './use-bulk.ts';

const BulkDelete = dynamic(() => import('./bulk-delete.tsx').then((module) => module.BulkDelete), { ssr: false });

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What can be done with the chosen endpoints; stands there while any is chosen. */
export function BulkBar({
  chosen,
  total,
  onAll,
  onClear,
}: {
  chosen: readonly { id: string; name: string }[];
  total: number;
  onAll(): void;
  onClear(): void;
}) {
  const [isDeleting, setDeleting] = useState(false);
  const { isBusy, put, remove, save } = useBulk(
    chosen.map(({ id }) => id),
    onClear,
  );
  return (
    <div className="card bulk-bar" role="region" aria-label="Chosen endpoints">
      <span role="status">{countOf(chosen.length)} chosen</span>
      {chosen.length < total && (
        <Button size="xs" variant="subtle" onClick={onAll}>
          Choose all {total.toLocaleString('en')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={isBusy}
        leftSection={<IconPlayerPause {...icon} />}
        onClick={() => put('pause')}
      >
        Pause
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={isBusy}
        leftSection={<IconPlayerPlay {...icon} />}
        onClick={() => put('resume')}
      >
        Resume
      </Button>
      <Button size="xs" variant="default" disabled={isBusy} leftSection={<IconDownload {...icon} />} onClick={save}>
        Export
      </Button>
      <Button
        size="xs"
        variant="light"
        color="red"
        disabled={isBusy}
        leftSection={<IconTrash {...icon} />}
        onClick={() => setDeleting(true)}
      >
        Delete …
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        Choose none
      </Button>
      {isDeleting && (
        <BulkDelete chosen={chosen} isBusy={isBusy} onConfirm={remove} onClose={() => setDeleting(false)} />
      )}
    </div>
  );
}
