import { StatusBadge } from '../history/status-badge.tsx';
import { PhaseBadge } from '../incidents/phase-badge.tsx';
import type { FeedLine } from './feed-lines.ts';

/** How the webhook or the incident of a line stands. */
export function LineBadge({ line: { topic, status } }: { line: FeedLine }) {
  return topic === 'incident' ? <PhaseBadge phase={status} /> : <StatusBadge status={status} action="none" />;
}
