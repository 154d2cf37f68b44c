import { requireActor } from '../../../../server/authenticate.ts';
import { exportHistory } from '../../../../server/history/csv.ts';
import { answerStream } from '../../../../server/history/stream.ts';
import { readQuery } from '../../../../server/read-json.ts';
import { answering, type RouteHandler } from '../../../../server/rest.ts';
import { runVerb } from '../../../../server/verb.ts';

export const GET: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    const lines = await runVerb(exportHistory, { ...context, actor }, { query: readQuery(request.url) });
    return answerStream(context, request, lines, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="history.csv"',
      },
      problem: '"The export could not be ended; what comes before this line is whole."\r\n',
    });
  });
