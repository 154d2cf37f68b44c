/** One message of an event stream. */
export interface SentEvent {
  event: string;
  id: string | null;
  data: Record<string, unknown>;
  /** When it was read. */
  atMs: number;
}

/** Reads an event stream message by message. */
export function readEvents(body: ReadableStream<Uint8Array>): { next(): Promise<SentEvent>; cut(): Promise<void> } {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  return {
    async next() {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end >= 0) {
          const block = rest.slice(0, end);
          rest = rest.slice(end + 2);
          const event = parse(block);
          if (event !== null) return event;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream is over.');
        rest += decoder.decode(value, { stream: true });
      }
    },
    cut: () => reader.cancel(),
  };
}

function parse(block: string): SentEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: JSON.parse(data) as Record<string, unknown>,
    atMs: performance.now(),
  };
}
