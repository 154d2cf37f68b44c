import { expect, it } from 'vitest';
import { findChromium, signedIn, startBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import type { ConnectwiseWorld } from './contract-world.ts';

const ACCOUNT = { email: 'admin@hookwise.local', password: 'correct horse battery' };

/** What the settings say of the ticket system, in a browser. */
export function connectionsCases(world: () => ConnectwiseWorld): void {
  it.skipIf(findChromium() === null)(
    'the page of connections tells of callbacks what REST does, and switches them off and on',
    { timeout: 120_000 },
    async () => {
      const wanted = async () => (await world().api('GET', '/psa/callbacks')).body['wanted'];
      const browser = await startBrowser();
      try {
        const { page } = await signedIn(browser, world().stack.adminOrigin, ACCOUNT);
        page.setDefaultTimeout(40_000);
        await page.goto(`${world().stack.adminOrigin}/settings/connections`);
        const card = page.getByRole('region', { name: 'Callbacks' });
        expect(await wanted()).toBe(true);
        await card.getByRole('button', { name: 'Turn callbacks off' }).click();
        await eventually(async () => expect(await wanted()).toBe(false), 20_000);
        await card.getByRole('button', { name: 'Turn callbacks off' }).waitFor({ state: 'detached' });
        await card.getByRole('button', { name: 'Turn callbacks on' }).click();
        await eventually(async () => expect(await wanted()).toBe(true), 20_000);
        await card.getByRole('button', { name: 'Turn callbacks off' }).waitFor();
      } finally {
        await browser.close();
      }
    },
  );
}
