import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';
import { uptimeKumaBody } from './uptime-kuma.ts';

const at = new Date('2026-03-01T09:15:00.123Z');
const database = { monitor: 'Order database', hostname: 'PRD-DB-01', at };
const frontEnd = { monitor: 'Front end', hostname: 'PRD-FE-02', at };

export const regexRoutingRecipe: Recipe = {
  id: 'regex-routing',
  name: 'Advanced regex routing',
  sentence: 'The names of hosts and monitors decide how severe a ticket is, and which ones need none.',
  endpoint: {
    name: 'Advanced regex routing',
    description: 'Rules are tried in order on Uptime Kuma’s body; later matches win field by field.',
    ticketing: {
      triggerField: '$.heartbeat.status',
      openValues: ['0'],
      closeValues: ['1'],
      routingRules: [
        { path: '$.monitor.hostname', pattern: '-DB-', overrides: { severity: 'High', impact: 'High' } },
        { path: '$.monitor.hostname', pattern: '-FE-', overrides: { severity: 'Medium', impact: 'Medium' } },
        { path: '$.heartbeat.msg', pattern: 'certificate|cert expiry', overrides: { severity: 'Low' } },
        { path: '$.monitor.name', pattern: '\\b(lab|staging|test)\\b', overrides: { drop: true } },
      ],
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A database host goes down',
      says: 'open',
      body: uptimeKumaBody({ ...database, status: 0, message: 'connect ETIMEDOUT' }),
      alerts: [
        { kind: 'open', summary: 'Alert: Order database', incident: 'database', severity: 'High', impact: 'High' },
      ],
    },
    {
      name: 'It is up again',
      says: 'recovery',
      body: uptimeKumaBody({ ...database, status: 1, message: '' }),
      alerts: [
        { kind: 'close', summary: 'Alert: Order database', incident: 'database', severity: 'High', impact: 'High' },
      ],
    },
    {
      name: 'A front end whose certificate has ended: the later rule wins',
      says: 'open',
      body: uptimeKumaBody({ ...frontEnd, status: 0, message: 'certificate has expired' }),
      alerts: [{ kind: 'open', summary: 'Alert: Front end', incident: 'front', severity: 'Low', impact: 'Medium' }],
    },
    {
      name: 'A lab machine goes down: dropped',
      says: 'other',
      body: uptimeKumaBody({ monitor: 'Printer (lab)', at, status: 0, message: 'connect ECONNREFUSED' }),
      alerts: [{ kind: 'open', summary: 'Alert: Printer (lab)', incident: 'lab', skipped: 'dropped' }],
    },
  ],
  setup: {
    proof: 'A bearer token in a header that the sender adds.',
    header: BEARER_HEADER,
    steps: [
      {
        text: 'Set the sender up as in the recipe of Uptime Kuma, or change the paths to those of your sender’s body.',
        paste: '{url}',
      },
      {
        text: 'Add board, type, priority, companyId and the like to a rule’s overrides, in the words of your ticket system (GET /api/v1/psa/boards lists the boards): a name that is not there would block the ticket, so the recipe names none.',
        paste: JSON.stringify(
          { path: '$.monitor.hostname', pattern: '-DB-', overrides: { board: 'Database Team', severity: 'High' } },
          null,
          2,
        ),
        language: 'json',
      },
      {
        text: 'Patterns are RE2: unanchored, upper and lower case alike. A rule that drops never holds back a recovery.',
      },
    ],
  },
};
