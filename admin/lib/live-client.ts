/** What the live feed says. `change`: rows of one change, as they are now, and how many `more` there were. */
export interface LiveChangeMessage {
  topic: 'webhook' | 'alert' | 'incident';
  at: string;
  endpointId: string;
  incidentId: string | null;
  rows: Record<string, unknown>[];
  more: number;
}

export type LiveCounts = Partial<Record<LiveChangeMessage['topic'], number>>;

export interface LiveHandlers {
  change(message: LiveChangeMessage): void;
  /** So many changes were not told one by one. */
  counts(counts: LiveCounts): void;
  /** What happened before is not kept any more: load the page's own data again. */
  gap(): void;
  /** `refused`: whoever this is may not follow it (any more); it is not tried again. */
  state(state: 'live' | 'away' | 'paused' | 'refused'): void;
}

export interface LiveClient {
  /** Nothing is told until `resume`, which goes on where it stopped: what came meanwhile is told then, most of it as counts. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Follows the live feed with filters; a lost connection goes on without a gap. */
export function openLive(filter: { endpoint?: string; topics?: readonly string[] }, on: LiveHandlers): LiveClient {
  let source: EventSource | null = null;
  let place: string | null = null;
  let timer: number | undefined;

  const stop = (): void => {
    window.clearTimeout(timer);
    source?.close();
    source = null;
  };
  const start = (): void => {
    stop();
    const query = new URLSearchParams();
    if (filter.endpoint !== undefined) query.set('endpoint', filter.endpoint);
    if (filter.topics !== undefined && filter.topics.length > 0) query.set('topic', filter.topics.join(','));
    if (place !== null) query.set('after', place);
    const address = `/api/live?${query.toString()}`;
    const made = new EventSource(address);
    source = made;
    const heard = (event: Event): unknown => {
      const { data, lastEventId } = event as MessageEvent<string>;
      if (lastEventId !== '') place = lastEventId;
      return JSON.parse(data) as unknown;
    };
    made.addEventListener('open', () => on.state('live'));
    made.addEventListener('hello', heard);
    made.addEventListener('change', (event) => on.change(heard(event) as LiveChangeMessage));
    made.addEventListener('counts', (event) => on.counts(heard(event) as LiveCounts));
    made.addEventListener('gap', (event) => {
      heard(event);
      on.gap();
    });
    made.addEventListener('error', () => {
      on.state('away');
      if (made.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(start, 5_000);
      void isRefused(address).then((refused) => {
        if (!refused || source !== made) return;
        stop();
        on.state('refused');
      });
    });
  };
  start();

  return {
    pause() {
      stop();
      on.state('paused');
    },
    resume: start,
    close: stop,
  };
}

/** An EventSource does not say why it ended: the same is asked once more, only to see the status. */
async function isRefused(address: string): Promise<boolean> {
  const answer = await fetch(address).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status === 401 || answer?.status === 403;
}
