import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';
import { signedIn, startBrowser, watchFaults } from '../browser.ts';
import { startRunningStack } from '../running-stack.ts';
import { consolePages } from './console-pages.ts';
import { makeSampleData } from './sample-data.ts';

/** `npm run screenshots`: starts the product with sample data and takes a picture of every page, wide and narrow, light and dark. */
const FOLDER = join(CHECKOUT, 'infra', 'docs', 'screens');
const LOOKS = [1440, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

const stack = await startRunningStack();
try {
  await makeSampleData(stack);
  const pages = await consolePages(stack.rest);
  const browser = await startBrowser();
  mkdirSync(FOLDER, { recursive: true });
  const account = { email: 'admin@hookwise.local', password: 'correct horse battery' };
  const first = await signedIn(browser, stack.adminOrigin, account);
  const storageState = await first.context.storageState();
  await first.context.close();
  let faults = 0;
  for (const look of LOOKS) {
    const shown = { viewport: { width: look.width, height: 900 }, colorScheme: look.colorScheme, locale: 'en-GB' };
    const outside = await browser.newPage(shown);
    await outside.goto(`${stack.adminOrigin}/sign-in`, { waitUntil: 'networkidle' });
    await outside.screenshot({ path: join(FOLDER, `sign-in-${look.width}-${look.colorScheme}.png`) });
    await outside.close();
    const context = await browser.newContext({ ...shown, storageState, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const seen = watchFaults(page, stack.adminOrigin);
    for (const { name, path } of pages) {
      await page.goto(stack.adminOrigin + path);
      await page.waitForLoadState('networkidle');
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > look.width) seen.push(`${path} is ${width} pixels wide`);
      const file = join(FOLDER, `${name}-${look.width}-${look.colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: look.width < 1000 && name !== 'endpoint-editor' });
    }
    for (const fault of new Set(seen)) console.error(fault);
    faults += seen.length;
    await context.close();
  }
  await browser.close();
  console.log(`${(pages.length + 1) * LOOKS.length} pictures are in ${FOLDER}.`);
  if (faults > 0) process.exitCode = 1;
} finally {
  await stack.clean();
}
