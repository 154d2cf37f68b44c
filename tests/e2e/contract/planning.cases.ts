import { describe, expect, it } from 'vitest';
import { aName } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';
import type { ShownAlert } from './shown.ts';

/** Contract, "Endpoints": how a body becomes a ticket. Read from the plan that history shows; `prefix` is the environment's. */
export function planningCases(world: () => ContractWorld, prefix: string): void {
  const withPrefix = (text: string) => (prefix === '' ? text : `${prefix} ${text}`);

  /** The plans of a webhook that opens nothing: its trigger says neither open nor close. */
  async function plansOf(
    ticketing: Record<string, unknown>,
    body: unknown,
  ): Promise<NonNullable<ShownAlert['plan']>[]> {
    const endpoint = await world().endpoint(ticketing);
    const shown = await world().settled(await endpoint.send(body));
    return shown.alerts.flatMap(({ plan }) => plan ?? []);
  }
  const planOf = async (ticketing: Record<string, unknown>, body: unknown) => (await plansOf(ticketing, body))[0];
  const summaryOf = async (ticketing: Record<string, unknown>, body: unknown) =>
    (await planOf(ticketing, body))?.ticket.summary;

  describe('planning', () => {
    it.each([[null], [''], ['  ']])('summaryPrefix %j means the environment’s', async (summaryPrefix) => {
      expect(await summaryOf({ summaryPrefix }, { title: 'disk' })).toBe(withPrefix('disk'));
    });

    it('another summaryPrefix stands instead', async () => {
      expect(await summaryOf({ summaryPrefix: 'Own:' }, { title: 'disk' })).toBe('Own: disk');
    });

    it('after removals white space is collapsed and trimmed', async () => {
      expect(
        await summaryOf(
          { summaryPrefix: 'Own:', summaryRemove: ['[prod]', 'Own: '] },
          { title: '  disk   [prod]  full [prod] ' },
        ),
      ).toBe('disk full');
    });

    it.each([
      [{ title: null, name: 'by name' }, 'by name'],
      [{ title: '', name: 'by name' }, 'by name'],
      [{ title: '   ', name: 'by name' }, 'by name'],
      [{ title: 'by title', name: 'by name' }, 'by title'],
      [{ monitor: { name: 'by monitor' }, title: 'by title' }, 'by monitor'],
    ])('the name of %j is “%s”', async (body, name) => {
      expect(await summaryOf({}, body)).toBe(withPrefix(name));
    });

    it.each([
      ['web #CWGLOBEX', 'GLOBEX', 'tag'],
      ['web #CW-GLOBEX down', 'GLOBEX', 'tag'],
      ['#CW-ACME-EU: web', 'ACME-EU', 'tag'],
      ['#CWACME-EU- web', 'ACME-EU', 'tag'],
      ['web #cwGLOBEX', 'HOOLI', 'endpoint'],
      ['web #Cw-GLOBEX', 'HOOLI', 'endpoint'],
    ])('the company of “%s” is %s by the %s', async (title, companyId, companySource) => {
      const plan = await planOf({ companyId: 'HOOLI' }, { title });
      expect([plan?.ticket.companyId, plan?.companySource]).toEqual([companyId, companySource]);
    });

    it('a tag in the mapped summary counts as well, after one in the name', async () => {
      const company = async (body: object) =>
        (await planOf({ mapping: { summary: '$.s' }, companyId: 'HOOLI' }, body))?.ticket.companyId;
      expect(await company({ title: 'plain', s: 'disk #CW-GLOBEX' })).toBe('GLOBEX');
      expect(await company({ title: 'web #CWACME', s: 'disk #CW-GLOBEX' })).toBe('ACME');
    });

    it('a mapped secret is masked in the ticket', async () => {
      expect(
        await summaryOf(
          { mapping: { summary: 'login {$.password} of {$.user}' } },
          { password: 'hidden', user: 'ann' },
        ),
      ).toBe(withPrefix('login ******** of ann'));
    });

    it('tenant names are tried one by one, each at the top and then under TaskInfo; * and ? are globs', async () => {
      const tag = aName('t').replace(' ', '');
      const mappings = [
        [`${tag}-one`, 'GLOBEX'],
        [`${tag}-t?o`, 'INITECH'],
        [`${tag}-g*`, 'UMBRELLA'],
        [`${tag}-gl*`, 'WAYNE'],
        [`${tag}-glob`, 'HOOLI'],
      ];
      for (const [tenant, companyId] of mappings)
        expect((await world().api('POST', '/tenant-mappings', { tenant, companyId })).status).toBe(201);
      const companyOf = async (body: Record<string, unknown>) =>
        (await planOf({ companyId: 'ACME' }, { title: 'x', ...body }))?.ticket.companyId;
      const expected: [Record<string, unknown>, string][] = [
        [{ Tenant: `${tag}-one` }, 'GLOBEX'],
        [{ tenant: `${tag.toUpperCase()}-ONE` }, 'GLOBEX'],
        [{ TenantId: `${tag}-one` }, 'GLOBEX'],
        [{ tenantId: `${tag}-one` }, 'GLOBEX'],
        [{ TaskInfo: { TenantId: `${tag}-two` } }, 'INITECH'],
        [{ Tenant: 'unknown', TaskInfo: { Tenant: `${tag}-two` }, tenant: `${tag}-one` }, 'INITECH'],
        [{ Tenant: 'unknown', TaskInfo: { Tenant: 'unknown too' }, tenant: `${tag}-one` }, 'GLOBEX'],
        [{ tenant: `${tag}-one`, TaskInfo: { Tenant: `${tag}-two` } }, 'INITECH'],
        [{ Tenant: `${tag}-gx` }, 'UMBRELLA'],
        [{ Tenant: `${tag}-glx` }, 'WAYNE'],
        [{ Tenant: `${tag}-glob` }, 'HOOLI'],
        [{ Tenant: `${tag}-too-long` }, 'ACME'],
      ];
      for (const [body, companyId] of expected) expect([body, await companyOf(body)]).toEqual([body, companyId]);
      expect(
        (await planOf({ companyId: 'ACME', tenantMap: false }, { title: 'x', Tenant: `${tag}-one` }))?.ticket.companyId,
      ).toBe('ACME');
    });

    it.each([
      [{ openValues: 'down, firing' }, 'firing', 'open'],
      [{ openValues: ['False'], closeValues: ['True'] }, false, 'open'],
      [{ openValues: ['False'], closeValues: ['True'] }, true, 'close'],
      [{ openValues: ['false'] }, false, 'open'],
      [{ openValues: ['down'] }, 'Down', 'other'],
      [{ openValues: ['0'] }, '0', 'open'],
      [{ openValues: ['0'] }, 0.5, 'other'],
      [{ openValues: ['None', ''] }, null, 'other'],
    ])('by %j the value %j says %s', async (ticketing, status, kind) => {
      const endpoint = await world().endpoint({ enabled: false, ...ticketing });
      const shown = await world().settled(await endpoint.send({ heartbeat: { status }, title: aName('trigger') }));
      expect(shown.alerts.map((alert) => alert.kind)).toEqual([kind]);
    });

    it('templates reach the alert by $ and the whole body by {$root.x} where splitPath is set', async () => {
      const plans = await plansOf(
        {
          splitPath: '$.alerts[*]',
          triggerField: '$.state',
          mapping: {
            summary: '{$.labels.name} at {$root.site}',
            description: 'Alert {$.labels.name} of {$root.group}',
          },
        },
        {
          site: 'Berlin',
          group: 'storage',
          alerts: [
            { state: 'x', labels: { name: 'one' } },
            { state: 'x', labels: { name: 'two' } },
          ],
        },
      );
      expect(plans.map(({ ticket }) => [ticket.summary, ticket.description])).toEqual([
        [withPrefix('one at Berlin'), 'Alert one of storage'],
        [withPrefix('two at Berlin'), 'Alert two of storage'],
      ]);
      const [plan] = await plansOf(
        { splitPath: '$.alerts[*]', descriptionTemplate: '{{ monitor_name }}: {{ msg }} in {$root.site} ({$.n})' },
        { site: 'Bonn', alerts: [{ name: 'a', message: 'b', n: 7 }] },
      );
      expect(plan?.ticket.description).toBe('a: b in Bonn (7)');
    });

    it('a summary has at most 99 characters', async () => {
      const summary = await summaryOf({ summaryPrefix: 'P' }, { title: 'é'.repeat(150) });
      expect([[...(summary ?? '')].length, summary?.endsWith('...')]).toEqual([99, true]);
    });
  });
}
