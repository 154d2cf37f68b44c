import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../support/browser.ts';
import { consolePages, type ConsolePage } from '../../support/screenshots/console-pages.ts';
import { makeSampleData } from '../../support/screenshots/sample-data.ts';
import { inTheme, settled } from '../../support/screenshots/settled.ts';
import { startGatedConsole, type GatedConsole } from './gated-console.ts';
import { seriousFaults, startConsole, type RunningConsole } from './running-console.ts';

const MOST_SCRIPT = 250_000;
const WIDTHS = [1440, 390] as const;
const THEMES = ['light', 'dark'] as const;

if (findChromium() === null) console.log('No Chromium on this machine: the pages are not visited.');

describe.skipIf(findChromium() === null)('every page of the console', () => {
  let console_: RunningConsole;
  let gated: GatedConsole;
  let pages: ConsolePage[];
  beforeAll(async () => {
    console_ = await startConsole();
    await makeSampleData(console_.stack);
    pages = await consolePages(console_.stack.rest);
    gated = await startGatedConsole(console_.stack);
  }, 400_000);
  afterAll(async () => {
    await gated?.end();
    await console_?.close();
  });

  it('wide and narrow, light and dark: nothing serious for axe, no payload runs, nothing from outside, nothing too wide, less than 250 kB of script', async () => {
    const { page, faults, close } = await console_.open('/');
    const found: string[] = [];
    const script = await countScript(page);
    for (const one of pages) {
      const before = script();
      await page.setViewportSize({ width: WIDTHS[0], height: 900 });
      await page.goto(console_.origin + one.path);
      await settled(page);
      const bytes = script() - before;
      found.push(...(await looksOf(page, one.name)));
      if ((await page.getByRole('heading', { name: 'This page cannot be shown now' }).count()) > 0)
        found.push(`${one.name} cannot be shown`);
      if (bytes < 50_000 || bytes > MOST_SCRIPT) found.push(`${one.name} loads ${bytes} bytes of script`);
      if (one.press !== undefined) {
        await page.getByRole('button', { name: one.press.button }).first().click();
        await page.locator(one.press.appears).first().waitFor();
        found.push(...(await seriousFaults(page)).map((fault) => `${one.name}, pressed: ${fault}`));
      }
    }
    expect([...found, ...faults]).toEqual([]);
    await close();
  }, 400_000);

  it('before anybody is signed in, and in a dialog, too', async () => {
    const outside = await console_.browser.newPage();
    await outside.goto(`${console_.origin}/sign-in`);
    await settled(outside);
    const found = await looksOf(outside, 'sign-in');
    await outside.close();
    const { page, close } = await console_.open('/tenants');
    await page.getByRole('button', { name: 'New tenant' }).click();
    await page.getByRole('dialog').waitFor();
    found.push(...(await looksOf(page, 'dialog')));
    expect(found).toEqual([]);
    await close();
  }, 60_000);

  it('shows markup of a payload as the text it is', async () => {
    const { page, close } = await console_.open('/history?q=window.pwned');
    await page.getByText('<script>window.pwned=1</script>', { exact: false }).first().waitFor();
    await close();
  });

  it('asks for no other page before somebody points at its link', async () => {
    const { page, close } = await console_.open('/tenants');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).searchParams.has('_rsc')) asked.push(request.url());
    });
    await page.reload();
    await settled(page);
    expect(asked).toEqual([]);
    const ahead = page.waitForRequest((request) => /\/history\?_rsc=/.test(request.url()));
    await page.getByRole('link', { name: 'History', exact: true }).hover();
    await ahead;
    await close();
  });

  it('without Temporal still shows everything, and says what waits', async () => {
    gated.temporal.shut();
    const { page, close } = await console_.open('/');
    const found: string[] = [];
    for (const { name, path } of pages) {
      await page.goto(gated.origin + path);
      await settled(page);
      if ((await page.getByText('This page cannot be shown now').count()) > 0) found.push(name);
    }
    expect(found).toEqual([]);
    await page.goto(gated.origin);
    await page.getByText('Temporal does not answer.').waitFor();
    gated.temporal.open();
    await close();
  }, 180_000);

  it('without Postgres says so on each page, and what to do; then it comes back by a press', async () => {
    const { page, close } = await console_.open('/');
    gated.postgres.shut();
    for (const { name, path } of pages) {
      const answer = await page.goto(gated.origin + path);
      expect([name, answer?.status(), answer?.headers()['retry-after']]).toEqual([name, 503, '5']);
      const heading = page.getByRole('heading', { name: 'This page cannot be shown now' });
      await heading.waitFor().catch((cause: unknown) => {
        throw new Error(`${name} does not say that it cannot be shown.`, { cause });
      });
    }
    gated.postgres.open();
    await page.goto(`${gated.origin}/tenants`);
    await page.getByRole('heading', { name: 'Tenant map' }).waitFor();
    await close();
  }, 180_000);
});

/** What is wrong with a page in each width and theme. */
async function looksOf(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of THEMES) {
      await inTheme(page, colorScheme);
      const where = `${name}, ${width}, ${colorScheme}`;
      found.push(...(await seriousFaults(page)).map((fault) => `${where}: ${fault}`));
    }
    const { wide, pwned } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      pwned: Object.hasOwn(window, 'pwned'),
    }));
    if (wide > width) found.push(`${name} is ${wide} pixels wide at ${width}`);
    if (pwned) found.push(`${name} ran a payload`);
  }
  return found;
}

/** Counts the bytes of script that come over the wire, compressed as they are, without their headers. */
async function countScript(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const headers = new Map<string, number>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ type, requestId, response }) => {
    if (type === 'Script') headers.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const head = headers.get(requestId);
    if (head !== undefined) bytes += encodedDataLength - head;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return () => bytes;
}
