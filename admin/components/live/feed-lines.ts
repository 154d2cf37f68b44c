import type { LiveChangeMessage, LiveCounts } from '../../lib/live-client.ts';

/** One line of the feed as it is shown. */
export interface FeedLine {
  key: string;
  topic: LiveChangeMessage['topic'];
  at: string;
  text: string;
  detail: string;
  status: string;
  href: string;
}

const MOST = 200;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The feed with a message's rows before it, the newest first: a webhook that is told again takes the place of its older line. */
export function withMessage(lines: readonly FeedLine[], message: LiveChangeMessage): FeedLine[] {
  const fresh = message.rows.map((row) => lineOf(message, row));
  const keys = new Set(fresh.map(({ key }) => key));
  return [...fresh, ...lines.filter(({ key }) => !keys.has(key))].slice(0, MOST);
}

/** How many changes a message with counts speaks of. */
export function sumOf(counts: LiveCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + (count ?? 0), 0);
}

function lineOf({ topic, at }: LiveChangeMessage, row: Record<string, unknown>): FeedLine {
  if (topic === 'incident') {
    const id = text(row['incidentId']);
    return {
      key: `${id} ${text(row['at'])} ${text(row['kind'])}`,
      topic,
      at: text(row['at']) || at,
      text: text(row['text']),
      detail: text(row['summary']),
      status: text(row['phase']),
      href: `/incidents/${id}`,
    };
  }
  const id = text(row['requestId']);
  const ticket = text(row['ticketId']);
  return {
    key: id,
    topic: 'webhook',
    at: text(row['receivedAt']) || at,
    text: text(row['summary']) || text(row['message']) || text(row['error']) || id,
    detail: [text(row['endpointName']), text(row['sourceIp']), ticket === '' ? '' : `ticket #${ticket}`]
      .filter(Boolean)
      .join(' · '),
    status: text(row['status']),
    href: `/history/${id}`,
  };
}
