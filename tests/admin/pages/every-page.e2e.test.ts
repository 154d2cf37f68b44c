import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../support/browser.ts';
import { consolePages, type ConsolePage } from '../../support/screenshots/console-pages.ts';
import { makeSampleData } from '../../support/screenshots/sample-data.ts';
import { seriousFaults, startConsole, type RunningConsole } from './running-console.ts';

const MOST_SCRIPT = 250_000;
const LOOKS = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

if (findChromium() === null) console.log('No Chromium on this machine: the pages are not visited.');

describe.skipIf(findChromium() === null)('every page of the console', () => {
  let console_: RunningConsole;
  let pages: ConsolePage[];
  beforeAll(async () => {
    console_ = await startConsole();
    await makeSampleData(console_.stack);
    pages = await consolePages(console_.stack.rest);
  }, 400_000);
  afterAll(() => console_?.close());

  it.each(LOOKS)(
    'at $width in $colorScheme: nothing serious for axe, nothing runs out of a payload, nothing from outside, nothing too wide',
    async (look) => {
      const { page, faults, close } = await console_.open('/', look);
      const found: string[] = [];
      for (const { name, path } of pages) {
        await page.goto(console_.origin + path);
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        await page.locator('h1').first().waitFor();
        found.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
        const { width, pwned } = await page.evaluate(() => ({
          width: document.documentElement.scrollWidth,
          pwned: Object.hasOwn(window, 'pwned'),
        }));
        if (width > look.width) found.push(`${name} is ${width} pixels wide`);
        if (pwned) found.push(`${name} ran a payload`);
        if ((await page.getByRole('heading', { name: 'This page cannot be shown now' }).count()) > 0)
          found.push(`${name} cannot be shown`);
      }
      expect([...found, ...faults]).toEqual([]);
      await close();
    },
    120_000,
  );

  it('shows markup of a payload as the text it is', async () => {
    const { page, close } = await console_.open('/history?q=window.pwned');
    await page.getByText('<script>window.pwned=1</script>', { exact: false }).first().waitFor();
    await close();
  });

  it('loads less than 250 kB of script', async () => {
    for (const name of ['overview', 'endpoint-editor', 'endpoints', 'maintenance']) {
      const { page, close } = await console_.open('/settings');
      const bytes = await countScript(page);
      await page.goto(console_.origin + (pages.find((one) => one.name === name)?.path ?? '/'), {
        waitUntil: 'networkidle',
      });
      expect(bytes(), name).toBeGreaterThan(50_000);
      expect(bytes(), name).toBeLessThan(MOST_SCRIPT);
      await close();
    }
  });
});

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
