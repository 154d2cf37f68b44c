import type { BodySearchLine, WebhookView } from '../../server/history/schemas.ts';

/** A search through bodies as far as it is. `before`: from where it can go on, null where nothing is left. */
export interface Search {
  state: 'running' | 'done' | 'stopped' | 'cancelled' | 'failed';
  items: WebhookView[];
  looked: number;
  before: string | null;
  beganMs: number;
  reachedMs: number | null;
  fault: string | null;
}

export const NOTHING_FOUND: Search = {
  state: 'running',
  items: [],
  looked: 0,
  before: null,
  beganMs: 0,
  reachedMs: null,
  fault: null,
};

/** Asks REST, goes on where `from` ended, tells each line's state, and answers how it ended. Never throws. */
export async function searchOnce(
  query: Record<string, string>,
  from: Search,
  signal: AbortSignal,
  tell: (now: Search) => void,
): Promise<Search> {
  const asked = new URLSearchParams({ ...query, ...(from.before === null ? {} : { before: from.before }) });
  const start = { ...from, state: 'running', beganMs: from.beganMs || Date.now(), before: null, fault: null } as const;
  let now: Search = start;
  tell(now);
  try {
    const response = await fetch(`/api/v1/history/search?${asked}`, { signal });
    if (!response.ok || response.body === null) return { ...now, state: 'failed', fault: await faultOf(response) };
    for await (const line of linesOf(response.body)) {
      now = withLine(now, start.looked, line);
      tell(now);
    }
    return now.state === 'running' ? { ...now, state: 'failed', fault: LOST } : now;
  } catch {
    return signal.aborted ? { ...now, state: 'cancelled' } : { ...now, state: 'failed', fault: LOST };
  }
}

/** What is known after one more line; `looked` counts on from the searches before. */
export function withLine(search: Search, before: number, line: BodySearchLine): Search {
  switch (line.kind) {
    case 'found':
      return { ...search, items: withItem(search.items, line.item), reachedMs: Date.parse(line.item.receivedAt) };
    case 'progress':
      return { ...search, looked: before + line.looked, before: line.at, reachedMs: timeOfId(line.at) };
    case 'end':
      return {
        ...search,
        state: line.stoppedAt === null ? 'done' : 'stopped',
        looked: before + line.looked,
        before: line.stoppedAt,
        reachedMs: line.stoppedAt === null ? search.reachedMs : timeOfId(line.stoppedAt),
      };
    case 'problem':
      return { ...search, state: 'failed', fault: line.detail };
    default:
      return line satisfies never;
  }
}

/** A cancelled search that goes on looks at its last stretch again. */
function withItem(items: readonly WebhookView[], item: WebhookView): WebhookView[] {
  return [...items.filter(({ requestId }) => requestId !== item.requestId), item];
}

const LOST = 'The console does not answer. Check the connection and search again.';

/** A request id begins with its time. */
function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

async function faultOf(response: Response): Promise<string> {
  const { detail, errors } = (await response.json().catch(() => ({}))) as {
    detail?: string;
    errors?: { path: string; message: string }[];
  };
  const places = (errors ?? []).map(({ path, message }) => `${path} ${message}`).join(', ');
  return places || (detail ?? `The console answered ${response.status}.`);
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<BodySearchLine> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as BodySearchLine;
    if (done) return;
  }
}
