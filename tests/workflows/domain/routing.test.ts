import { describe, expect, test } from 'vitest';
import type { RoutingRule } from '../../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { PlannedAlert } from '../../../workflows/contracts/plan.ts';
import { anAlert } from './a-plan.ts';

function routed(body: { [name: string]: Json }, routingRules: RoutingRule[], status: 0 | 1 = 0): PlannedAlert {
  return anAlert(
    { heartbeat: { status }, ...body },
    { ticketing: { board: 'Default', priority: 'P3', mapping: { board: '$.board' }, routingRules } },
  );
}

describe('routing rules', () => {
  test('a rule matches unanchored and whatever the case, and its overrides hold', () => {
    expect(
      routed({ sev: 'very CRITICAL' }, [
        { path: '$.sev', pattern: 'critical', overrides: { board: 'NOC', priority: 'P1' } },
      ]).ticket,
    ).toMatchObject({ board: 'NOC', priority: 'P1' });
  });

  test('rules come after the mapping, and later matches win field by field', () => {
    const rules = [
      { path: '$.sev', pattern: 'crit', overrides: { board: 'A', priority: 'P1' } },
      {
        path: 'host',
        pattern: '^srv',
        overrides: { board: 'B', severity: 'High', impact: 'High', type: 'T', subtype: 'S', item: 'I', status: 'New' },
      },
    ];
    expect(routed({ sev: 'crit', host: 'srv1', board: 'Mapped' }, rules).ticket).toMatchObject({
      board: 'B',
      priority: 'P1',
      severity: 'High',
      impact: 'High',
      type: 'T',
      subtype: 'S',
      item: 'I',
      status: 'New',
    });
  });

  test('every rule that matched is on the plan, with its pattern', () => {
    const rules = [
      { path: '$.a', pattern: 'x', overrides: {} },
      { path: '$.a', pattern: 'nope', overrides: {} },
      { path: '$.a', pattern: '^x$', overrides: {} },
    ];
    expect(routed({ a: 'x' }, rules).matchedRules).toEqual([
      { index: 0, path: '$.a', pattern: 'x', value: 'x' },
      { index: 2, path: '$.a', pattern: '^x$', value: 'x' },
    ]);
  });

  test('a rule on a missing path never matches, whatever its pattern', () => {
    expect(
      routed({}, [
        { path: '$.missing', pattern: '.*', overrides: { board: 'X' } },
        { path: '$.missing', pattern: 'none|null|undefined', overrides: { board: 'X' } },
      ]).ticket.board,
    ).toBe('Default');
  });

  test('null and blank overrides override nothing', () => {
    expect(
      routed({ a: 'x' }, [{ path: '$.a', pattern: 'x', overrides: { board: null, priority: ' ' } }]).ticket,
    ).toMatchObject({ board: 'Default', priority: 'P3' });
  });

  test('values are matched as text like JSON', () => {
    expect(routed({ up: true }, [{ path: '$.up', pattern: '^true$', overrides: { board: 'X' } }]).ticket.board).toBe(
      'X',
    );
    expect(
      routed({ o: { a: 'deep' } }, [{ path: '$.o', pattern: '"a":"deep"', overrides: { board: 'X' } }]).ticket.board,
    ).toBe('X');
  });

  test('a secret may decide, but is shown masked', () => {
    const alert = routed({ token: 'tok-eu' }, [{ path: '$.token', pattern: '-eu$', overrides: { board: 'EU' } }]);
    expect(alert.ticket.board).toBe('EU');
    expect(alert.matchedRules[0]?.value).toBe('********');
  });
});

describe('drop', () => {
  const rules = [
    { path: '$.sev', pattern: 'info', overrides: { drop: true } },
    { path: '$.sev', pattern: 'in', overrides: { drop: false, board: 'X' } },
  ];

  test('an open is skipped and the pattern named', () => {
    const alert = routed({ sev: 'info' }, rules);
    expect([alert.disposition, alert.reason]).toEqual(['skip', 'dropped']);
    expect(alert.explanation).toContain('info');
  });

  test('a close is never dropped', () => {
    expect(routed({ sev: 'info' }, rules, 1)).toMatchObject({ kind: 'close', disposition: 'incident', reason: null });
  });

  test('only true drops', () => {
    expect(
      routed({ sev: 'info' }, [{ path: '$.sev', pattern: 'info', overrides: { drop: 'false' as unknown as boolean } }])
        .disposition,
    ).toBe('incident');
  });
});
