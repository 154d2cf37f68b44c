import { requireActor } from '../../../../../../server/authenticate.ts';
import { exportLedger } from '../../../../../../server/ledger/export.ts';
import { getLedger } from '../../../../../../server/ledger/get.ts';
import { textStream } from '../../../../../../server/ledger/text-stream.ts';
import { answering, rest, type RouteHandler } from '../../../../../../server/rest.ts';
import { runVerb } from '../../../../../../server/verb.ts';

const page = rest(getLedger, { takes: 'query' });

export const GET: RouteHandler = async (request, route) => {
  if (new URL(request.url).searchParams.get('format') !== 'markdown') return page(request, route);
  return answering(async (context) => {
    const actor = await requireActor(context, request);
    const { id } = await route.params;
    const pieces = await runVerb(exportLedger, { ...context, actor }, { id });
    return textStream(pieces, { type: 'text/markdown; charset=utf-8', file: `incident-${String(id)}.md` });
  });
};
