const TONES: Record<string, string> = {
  received: 'busy',
  dispatched: 'busy',
  held: 'warn',
  processed: 'good',
  skipped: 'calm',
  failed: 'bad',
};

/** A webhook's status, with what it did where it did something. */
export function StatusBadge({ status, action }: { status: string; action?: string }) {
  return (
    <span className={`badge ${TONES[status] ?? 'calm'}`}>
      {status}
      {action !== undefined && action !== 'none' && ` · ${action}`}
    </span>
  );
}
