import { IconDownload } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { roleIncludes } from '../../../infra/auth/roles.ts';
import { mayOpen, type Opener } from '../../config/nav.ts';
import { LinkButton } from '../link-button.tsx';
import { BulkReplay } from './bulk-replay.tsx';

/** What can be done with everything that the filter matches. */
export function HistoryTools({ filter, viewer }: { filter: Record<string, string>; viewer: Opener }) {
  const query = new URLSearchParams(filter).toString();
  return (
    <div className="tools">
      {mayOpen(viewer, '/history/replays') && <Link href="/history/replays">Replays</Link>}
      <LinkButton
        href={`/api/v1/history.csv${query === '' ? '' : `?${query}`}`}
        prefetch={false}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        CSV
      </LinkButton>
      {viewer.company === null && roleIncludes(viewer.role, 'operator') && <BulkReplay filter={filter} />}
    </div>
  );
}
