import { requireActor } from '../../../../../server/authenticate.ts';
import { searchBodies } from '../../../../../server/history/search-bodies.ts';
import { answerStream, jsonLines } from '../../../../../server/history/stream.ts';
import { readQuery } from '../../../../../server/read-json.ts';
import { answering, type RouteHandler } from '../../../../../server/rest.ts';
import { runVerb } from '../../../../../server/verb.ts';

export const GET: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    const lines = await runVerb(searchBodies, { ...context, actor }, { query: readQuery(request.url) });
    return answerStream(context, request, jsonLines(lines), {
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
      problem: `${JSON.stringify({ kind: 'problem', detail: 'The search could not be ended; the log says why.' })}\n`,
    });
  });
