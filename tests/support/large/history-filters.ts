import type { HistoryFilter } from '../../../infra/history/filter.ts';

/** Filters as people set them, by name; `quiet` and `busy` are endpoints, `ticket` one of theirs, `from` a month ago. */
export function historyFilters(known: {
  quiet: string;
  busy: string;
  ticket: string;
  source: string;
  error: string;
  from: string;
  to: string;
}): Record<string, HistoryFilter> {
  return {
    'no filter': {},
    'a quiet endpoint': { endpoint: known.quiet },
    'a busy endpoint': { endpoint: known.busy },
    'an endpoint that is not there': { endpoint: '00000000-0000-4000-8000-000000000000' },
    'status received': { status: 'received' },
    'status dispatched': { status: 'dispatched' },
    'status held': { status: 'held' },
    'status processed': { status: 'processed' },
    'status skipped': { status: 'skipped' },
    'status failed': { status: 'failed' },
    'failed at a quiet endpoint': { status: 'failed', endpoint: known.quiet },
    'action create': { action: 'create' },
    'action close': { action: 'close' },
    'action reopen': { action: 'reopen' },
    'action none': { action: 'none' },
    'closed at a quiet endpoint': { action: 'close', endpoint: known.quiet },
    'a month': { from: known.from, to: known.to },
    'an hour weeks ago': { from: known.from, to: new Date(Date.parse(known.from) + 3_600_000).toISOString() },
    'a source': { source: known.source },
    'a source that never sent': { source: '203.0.113.250' },
    'failed from a source': { source: known.source, status: 'failed' },
    'a ticket': { ticket: known.ticket },
    'text: a common word': { q: 'timeout', from: known.from },
    'text: a monitor': { q: 'mail-graz-02', from: known.from },
    'text: in an error': { q: known.error, from: known.from },
    'text: nowhere': { q: 'zebra crossing', from: known.from },
    'text: two letters nowhere': { q: 'qx', from: known.from },
    'text: at a quiet endpoint': { q: 'timeout', endpoint: known.quiet, from: known.from },
    'text: failed': { q: 'certificate', status: 'failed', from: known.from },
  };
}
