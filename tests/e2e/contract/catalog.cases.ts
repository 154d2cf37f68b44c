import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';

/** The ticket system's names, read by the worker: pick lists, and what saving says of a name that is not there. */
export function catalogCases(world: () => ConnectwiseWorld): void {
  /** Other cases take the system down: a reading that failed is asked for again. */
  const untilRead = () =>
    eventually(
      async () => {
        const { body } = await world().api('GET', '/psa/refresh');
        if (body['state'] !== 'reading' && body['state'] !== 'complete') await world().api('POST', '/psa/refresh');
        expect(body['state']).toBe('complete');
      },
      150_000,
      500,
    );
  const names = async (path: string) => {
    const { status, body } = await world().api('GET', `/psa/${path}`);
    expect(status).toBe(200);
    return (body['items'] as { name: string }[]).map(({ name }) => name);
  };

  it(
    'the pick lists hold what the ticket system has, and saving warns of what it lacks',
    { timeout: 200_000 },
    async () => {
      await untilRead();
      expect(await names('boards')).toEqual(expect.arrayContaining(['Contract', 'NOC', 'Service Board']));
      expect(await names('boards')).not.toContain('Retired Board');
      expect(await names('statuses?parent=contract')).toContain('Quiet again');
      expect(await names('companies?q=globex')).toEqual(['Globex Corporation']);
      const made = await world().api('POST', '/endpoints', {
        name: aName('doubtful'),
        ticketing: {
          board: 'contract',
          status: 'Neww',
          companyId: 'globexx',
          routingRules: [{ path: '$.a', pattern: 'b', overrides: { board: 'NOCC' } }],
        },
      });
      expect(made.status, made.text).toBe(201);
      const warnings = made.body['warnings'] as { path: string; message: string }[];
      expect(warnings.map(({ path }) => path)).toEqual([
        'ticketing.status',
        'ticketing.companyId',
        'ticketing.routingRules.0.overrides.board',
      ]);
      expect(warnings.map(({ message }) => message).join(' ')).toMatch(/“New”.*“GLOBEX”.*“NOC”/);
      const shown = await world().api('GET', `/endpoints/${String(made.body['id'])}`);
      expect(shown.body['problems']).toEqual(warnings);
    },
  );
}
