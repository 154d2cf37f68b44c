import { requireActor } from '../../../server/authenticate.ts';
import { eventStream, MOST_SILENT_MS } from '../../../server/live/event-stream.ts';
import { watchLive } from '../../../server/live/watch.ts';
import { readQuery } from '../../../server/read-json.ts';
import { answering } from '../../../server/rest.ts';
import { runVerb } from '../../../server/verb.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answering(async (context) => {
    const actor = await requireActor(context, request);
    const ending = new AbortController();
    request.signal.addEventListener('abort', () => ending.abort());
    const last = request.headers.get('last-event-id');
    const query = { ...readQuery(request.url), ...(last ? { after: last } : {}) };
    const watching = await runVerb(watchLive, { ...context, actor }, { query, signal: ending.signal });
    return eventStream(watching, ending, MOST_SILENT_MS);
  });
}
