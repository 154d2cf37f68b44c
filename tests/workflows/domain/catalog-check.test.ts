import { describe, expect, it } from 'vitest';
import { findUnknownNames, type KnownList } from '../../../workflows/domain/catalog-check.ts';
import { namedValues } from '../../../workflows/domain/named-values.ts';
import { companyProblems, wordProblems } from '../../../workflows/domain/setting-problems.ts';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { aConfig } from '../../support/builders.ts';

const named = (...names: string[]) => names.map((name, at) => ({ id: String(at + 1), name }));
const LISTS: KnownList[] = [
  { kind: 'boards', parent: null, items: named('Service Board', 'NOC') },
  { kind: 'priorities', parent: null, items: named('P1', 'P2') },
  { kind: 'companies', parent: null, items: [{ id: 'ACME', name: 'Acme Limited' }] },
  { kind: 'statuses', parent: 'Service Board', items: named('New', 'Closed') },
  { kind: 'statuses', parent: 'NOC', items: named('Watching') },
  { kind: 'types', parent: 'Service Board', items: named('Incident', 'Request') },
  { kind: 'types', parent: 'NOC', items: [] },
];
const pathsOf = (ticketing: Partial<TicketingConfig>) =>
  findUnknownNames(namedValues(aConfig({ ticketing }), 'Service Board'), LISTS).map(({ path }) => path);
const rule = (overrides: TicketingConfig['routingRules'][number]['overrides']) => ({
  path: '$.a',
  pattern: 'b',
  overrides,
});

describe('names the catalog does not hold', () => {
  it('are told with their place and the nearest names', () => {
    const [fault] = findUnknownNames(namedValues(aConfig({ ticketing: { board: 'NOCC' } }), 'Service Board'), LISTS);
    expect(fault).toEqual({
      path: 'ticketing.board',
      message: 'The ticket system has no active board “NOCC”. The nearest: “NOC”.',
    });
  });

  it('case and blanks around a name do not matter', () => {
    expect(
      pathsOf({ board: ' noc ', status: 'WATCHING', priority: 'p1', companyId: 'acme', closeStatus: 'watching' }),
    ).toEqual([]);
  });

  it('what belongs to a board is looked for on that board: the endpoint’s, else the default one', () => {
    expect(pathsOf({ status: 'Watching' })).toEqual(['ticketing.status']);
    expect(pathsOf({ board: 'NOC', status: 'Watching', closeStatus: 'Closed' })).toEqual(['ticketing.closeStatus']);
    expect(pathsOf({ routingRules: [rule({ board: 'NOC', status: 'New' })] })).toEqual([
      'ticketing.routingRules.0.overrides.status',
    ]);
  });

  it('where the webhook or a rule chooses the board, any board will do', () => {
    expect(pathsOf({ mapping: { board: '$.b' }, status: 'Watching' })).toEqual([]);
    expect(pathsOf({ mapping: { board: '$.b' }, status: 'Wotching' })).toEqual(['ticketing.status']);
    expect(pathsOf({ closeStatus: 'Watching', routingRules: [rule({ board: 'NOC' })] })).toEqual([]);
    expect(pathsOf({ routingRules: [rule({ status: 'Watching' }), rule({ board: 'NOC' })] })).toEqual([]);
  });

  it('a list that was not read, or is empty, says nothing', () => {
    expect(pathsOf({ board: 'NOC', type: 'Anything', subtype: 'x', item: 'y', severity: 'z' })).toEqual([]);
    expect(pathsOf({ board: 'Nowhere', status: 'x' })).toEqual(['ticketing.board']);
  });

  it('a company is named by its identifier; its name only points there', () => {
    const [fault] = findUnknownNames(namedValues(aConfig({ ticketing: { companyId: 'Acme Limited' } }), ''), LISTS);
    expect(fault?.message).toContain('“ACME” (Acme Limited)');
  });

  it('a board or status may be named by its id, a priority may not', () => {
    expect(pathsOf({ board: '2', status: 'New' })).toEqual([]);
    expect(pathsOf({ priority: '1' })).toEqual(['ticketing.priority']);
  });
});

describe('settings that cannot work', () => {
  const words = (ticketing: Partial<TicketingConfig>) => wordProblems(aConfig({ ticketing })).map(({ path }) => path);

  it('a word that opens and closes, and no word that opens', () => {
    expect(words({ openValues: ['0', 'down'], closeValues: ['1', 'down'] })).toEqual(['ticketing.closeValues']);
    expect(words({ openValues: ['True'], closeValues: ['true'] })).toEqual(['ticketing.closeValues']);
    expect(words({ openValues: [] })).toEqual(['ticketing.openValues']);
    expect(words({ openValues: [], otherValues: 'open' })).toEqual([]);
    expect(words({})).toEqual([]);
  });

  it('no company from anywhere', () => {
    const from = (ticketing: Partial<TicketingConfig>, hasDefault = false, hasTenants = false) =>
      companyProblems(aConfig({ ticketing }), { hasDefault, hasTenants }).length;
    expect(from({})).toBe(1);
    expect(from({ tenantMap: false }, false, true)).toBe(1);
    expect([
      from({ companyId: 'A' }),
      from({ mapping: { customer_id: '$.c' } }),
      from({ routingRules: [rule({ companyId: 'A' })] }),
      from({}, true),
      from({}, false, true),
    ]).toEqual([0, 0, 0, 0, 0]);
  });
});
