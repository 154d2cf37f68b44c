import { IconDownload } from '@tabler/icons-react';
import Link from 'next/link';
import { LinkButton } from '../link-button.tsx';
import { BulkReplay } from './bulk-replay.tsx';

/** What can be done with everything that the filter matches. */
export function HistoryTools({ filter, mayReplay }: { filter: Record<string, string>; mayReplay: boolean }) {
  const query = new URLSearchParams(filter).toString();
  return (
    <div className="tools">
      <Link href="/history/replays">Replays</Link>
      <LinkButton
        href={`/api/v1/history.csv${query === '' ? '' : `?${query}`}`}
        prefetch={false}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        CSV
      </LinkButton>
      {mayReplay && <BulkReplay filter={filter} />}
    </div>
  );
}
