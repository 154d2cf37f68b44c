import { requireActor } from '../../../../../../server/authenticate.ts';
import { answerLines } from '../../../../../../server/backtest/answer.ts';
import { backtestEndpoint } from '../../../../../../server/backtest/backtest.ts';
import { readJson } from '../../../../../../server/read-json.ts';
import { answering, type RouteHandler } from '../../../../../../server/rest.ts';
import { runVerb } from '../../../../../../server/verb.ts';

export const POST: RouteHandler = (request, route) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    const input = { ...(await route.params), body: await readJson(request) };
    return answerLines(context, request, await runVerb(backtestEndpoint, { ...context, actor }, input));
  });
