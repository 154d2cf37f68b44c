import { expect, it } from 'vitest';
import { foldLedger, ledgerOf } from '../../../workflows/domain/ledger.ts';
import { entryMarkdown } from '../../../workflows/domain/ledger-markdown.ts';
import type { AlertRow, LedgerRow } from '../../../workflows/domain/ledger-rows.ts';

const anAlert = (n: number, changes: Partial<AlertRow> = {}): AlertRow => ({
  source: 'alert',
  at: new Date(Date.parse('2026-01-05T10:00:00Z') + n * 1000).toISOString(),
  webhookId: `webhook-${n}`,
  n: 0,
  kind: 'open',
  state: 'processed',
  action: 'update',
  ticket: '1001',
  error: null,
  message: `Disk ${n}`,
  origin: 'http',
  plan: null,
  ...changes,
});

it('joins alerts that say the same one after another, and no others', () => {
  const rows: LedgerRow[] = [
    anAlert(0),
    anAlert(1),
    anAlert(2),
    { source: 'event', at: '2026-01-05T10:00:03Z', id: 1, episode: 0, kind: 'note', text: 'Noted', data: {} },
    anAlert(4),
    anAlert(5, { kind: 'close', action: 'close' }),
  ];
  const lines = ledgerOf(rows);
  expect(lines.map(({ source, count }) => [source, count])).toEqual([
    ['alert', 3],
    ['event', 1],
    ['alert', 1],
    ['alert', 1],
  ]);
  expect(lines[0]?.webhooks).toEqual(['webhook-0', 'webhook-2']);
  expect(lines.reduce((sum, line) => sum + (line.source === 'alert' ? line.count : 0), 0)).toBe(5);
});

it('names the rule, the window, the timer, the person and the answer that decided', () => {
  const rule = { index: 1, path: '$.severity', pattern: '^critical$', value: 'critical' };
  const plan = { trigger: '0', rules: [rule], company: 'mapping', explanation: null, configVersion: 7 };
  const event = (id: number, kind: string, data: Record<string, unknown>): LedgerRow => ({
    source: 'event',
    at: '2026-01-05T10:00:03Z',
    id,
    episode: 0,
    kind,
    text: `${kind} happened`,
    data,
  });
  const causes = ledgerOf([
    anAlert(0, { plan }),
    anAlert(1, {
      state: 'held',
      plan: { ...plan, rules: [], explanation: 'Held by the window “Patch night”.', reason: 'window' },
    }),
    anAlert(2, {
      state: 'skipped',
      plan: { ...plan, rules: [], explanation: 'The trigger “2” is in no list.', reason: 'trigger' },
    }),
    event(1, 'note', { timer: 'noteInterval', seconds: 30 }),
    event(2, 'closed', { timer: 'closeDelay', seconds: 60, by: null }),
    event(3, 'closed', { timer: 'closeDelay', seconds: 0, by: 'ann' }),
    event(4, 'blocked', {}),
    event(5, 'recovered', { webhookId: 'webhook-9' }),
  ]).map(({ cause }) => cause);
  expect(causes).toEqual([
    {
      by: 'rule',
      words:
        'webhook webhook-0, trigger “0”, rule 2 ($.severity matches ^critical$: “critical”), company by mapping, rules of version 7',
    },
    { by: 'window', words: 'Held by the window “Patch night”., rules of version 7' },
    { by: 'rule', words: 'The trigger “2” is in no list., rules of version 7' },
    { by: 'timer', words: 'the note interval of 30 s' },
    { by: 'timer', words: 'the close delay of 60 s' },
    { by: 'person', words: 'ann' },
    { by: 'ticket-system', words: 'blocked happened' },
    { by: 'webhook', words: 'webhook webhook-9' },
  ]);
});

it('names the heartbeat, the webhook that ended the silence and the outage, and no webhook that nobody received', () => {
  const plan = { trigger: null, rules: [], company: null, explanation: 'The endpoint is silent.', configVersion: 7 };
  const sent = '0198-real';
  const lines = ledgerOf([
    anAlert(0, { plan: { ...plan, reason: null, sender: { kind: 'heartbeat', webhookId: null } } }),
    anAlert(1, { plan: { ...plan, reason: null, sender: { kind: 'heartbeat', webhookId: null } } }),
    anAlert(2, { kind: 'close', plan: { ...plan, sender: { kind: 'heartbeat-end', webhookId: sent } } }),
    anAlert(3, { kind: 'close', plan: { ...plan, sender: { kind: 'heartbeat-end', webhookId: null } } }),
    anAlert(4, { plan: { ...plan, explanation: 'What came and went.', sender: { kind: 'outage', webhookId: null } } }),
    {
      source: 'event',
      at: '2026-01-05T10:00:09Z',
      id: 1,
      episode: 0,
      kind: 'recovered',
      text: 'Heard again',
      data: { webhookId: 'webhook-2' },
      sender: { kind: 'heartbeat-end', webhookId: sent },
    },
  ]);
  expect(lines.map(({ cause, webhooks, count }) => [cause.by, cause.words, webhooks, count])).toEqual([
    ['timer', 'the heartbeat: the endpoint is silent, rules of version 7', [], 2],
    ['webhook', `webhook ${sent}, which ended the silence, rules of version 7`, [sent], 1],
    ['webhook', 'a webhook that is not kept any more, which ended the silence, rules of version 7', [], 1],
    ['ticket-system', 'the ticket system was away, rules of version 7', [], 1],
    ['webhook', `webhook ${sent}, which ended the silence`, [sent], 1],
  ]);
});

it('writes outsiders’ text into Markdown as text', () => {
  const evil = '<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://evil/) `code`\n# Heading\u202e | --- |';
  const [line] = foldLedger().push({
    source: 'event',
    at: '2026-01-05T10:00:03Z',
    id: 1,
    episode: 0,
    kind: 'note',
    text: evil,
    data: { ticket: '1', key: 'k', purpose: 'update', visibility: 'internal', body: `${evil}\n> quote\n- item` },
  });
  if (line === undefined) throw new Error('no line');
  const text = entryMarkdown(line);
  expect(text).not.toMatch(/(^|[^\\])[<[`]/);
  expect(text).not.toMatch(/\u202e/);
  for (const one of text.split('\n')) expect(one).toMatch(/^(- \*\*|  _because|  >|$)/);
});
