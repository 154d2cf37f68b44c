import { requireActor } from '../../../../../../server/authenticate.ts';
import { exportLedger } from '../../../../../../server/ledger/export.ts';
import { exportWholeLedger } from '../../../../../../server/ledger/export-whole.ts';
import { getLedger } from '../../../../../../server/ledger/get.ts';
import { textStream } from '../../../../../../server/ledger/text-stream.ts';
import { answering, rest, type RouteHandler } from '../../../../../../server/rest.ts';
import { runVerb } from '../../../../../../server/verb.ts';

const page = rest(getLedger, { takes: 'query' });
const FILES = {
  markdown: { verb: exportLedger, type: 'text/markdown; charset=utf-8', ending: 'md' },
  whole: { verb: exportWholeLedger, type: 'application/json; charset=utf-8', ending: 'json' },
} as const;

export const GET: RouteHandler = async (request, route) => {
  const format = new URL(request.url).searchParams.get('format');
  if (format !== 'markdown' && format !== 'whole') return page(request, route);
  return answering(async (context) => {
    const actor = await requireActor(context, request);
    const { id } = await route.params;
    const { verb, type, ending } = FILES[format];
    const pieces = await runVerb(verb, { ...context, actor }, { id });
    return textStream(pieces, { type, file: `incident-${String(id)}.${ending}` });
  });
};
