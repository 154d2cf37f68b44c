import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import { SPLIT_LIMIT } from '../../../workflows/domain/plan.ts';
import { aPlan } from './a-plan.ts';

const ALERTMANAGER = {
  version: '4',
  status: 'firing',
  externalURL: 'http://am.example.test',
  groupLabels: { alertname: 'DiskFull' },
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'DiskFull', instance: 'a:9100' },
      annotations: { summary: 'Disk full on a' },
    },
    {
      status: 'resolved',
      labels: { alertname: 'DiskFull', instance: 'b:9100' },
      annotations: { summary: 'Disk full on b' },
    },
  ],
};
const TICKETING = {
  splitPath: '$.alerts[*]',
  triggerField: '$.status',
  openValues: ['firing'],
  closeValues: ['resolved'],
  mapping: {
    summary: '$.annotations.summary',
    description: '{$.labels.instance} see {$root.externalURL}',
    customer_id: '$root.groupLabels.alertname',
  },
};

describe('split', () => {
  test('each item is an alert with its own kind and incident; $root reaches the whole body', () => {
    const plan = aPlan(ALERTMANAGER, { ticketing: TICKETING });
    expect(
      plan.alerts.map((alert) => [
        alert.n,
        alert.kind,
        alert.ticket.summary,
        alert.ticket.description,
        alert.ticket.companyId,
      ]),
    ).toEqual([
      [0, 'open', 'Alert: Disk full on a', 'a:9100 see http://am.example.test', 'DiskFull'],
      [1, 'close', 'Alert: Disk full on b', 'b:9100 see http://am.example.test', 'DiskFull'],
    ]);
    expect(new Set(plan.alerts.map((alert) => alert.incidentKey)).size).toBe(2);
    expect(plan.steps[0]).toContain('into 2 alerts');
  });

  test('the default description of an item holds the item, not its neighbours', () => {
    const { mapping: _mapping, ...ticketing } = TICKETING;
    const [first] = aPlan(ALERTMANAGER, { ticketing }).alerts;
    expect(first?.ticket.description).toContain('a:9100');
    expect(first?.ticket.description).not.toContain('b:9100');
  });

  test('templates reach the whole body by {$root.x}', () => {
    const plan = aPlan(ALERTMANAGER, {
      ticketing: { ...TICKETING, mapping: {}, descriptionTemplate: '{$.status}/{$root.status}' },
    });
    expect(plan.alerts.map((alert) => alert.ticket.description)).toEqual(['firing/firing', 'resolved/firing']);
  });

  test('without splitPath $root is the body', () => {
    expect(aPlan({ host: 'h' }, { ticketing: { mapping: { summary: '$root.host' } } }).alerts[0]?.ticket.summary).toBe(
      'Alert: h',
    );
  });

  test('a split that finds nothing plans the whole body as one alert and says so', () => {
    const plan = aPlan({ status: 'firing', alerts: [] }, { ticketing: TICKETING });
    expect(plan.alerts.map((alert) => alert.kind)).toEqual(['open']);
    expect(plan.warnings[0]).toContain('finds nothing');
  });

  test('items under a secret name decide, but are shown masked as a whole', () => {
    const plan = aPlan(
      { sessions: [{ status: 'firing', user: 'u1' }] },
      {
        ticketing: {
          ...TICKETING,
          splitPath: '$.sessions[*]',
          mapping: { summary: '$.user' },
          descriptionTemplate: '{$.user}',
        },
      },
    );
    expect(plan.alerts[0]).toMatchObject({
      kind: 'open',
      triggerValue: '********',
      ticket: { summary: 'Alert: ********', description: '********' },
    });
    expect(JSON.stringify(plan)).not.toContain('u1');
  });

  test('items that are no objects are planned too', () => {
    const plan = aPlan({ alerts: ['firing', 5, null] as Json }, { ticketing: { ...TICKETING, triggerField: '$' } });
    expect(plan.alerts.map((alert) => alert.kind)).toEqual(['open', 'other', 'other']);
  });

  test(`more than ${SPLIT_LIMIT} alerts fail with the reason`, () => {
    const plan = aPlan({ alerts: Array(SPLIT_LIMIT + 1).fill({ status: 'firing' }) }, { ticketing: TICKETING });
    expect(plan.alerts).toEqual([]);
    expect(plan.failure).toBe('$.alerts[*] finds more than 5000 alerts in this webhook.');
  });

  test(`${SPLIT_LIMIT} alerts are planned`, () => {
    expect(
      aPlan({ alerts: Array(SPLIT_LIMIT).fill({ status: 'firing' }) }, { ticketing: TICKETING }).alerts,
    ).toHaveLength(SPLIT_LIMIT);
  });
});
