import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';
import { signedIn, startBrowser } from '../browser.ts';
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
  let faults = 0;
  for (const look of LOOKS) {
    const account = { email: 'admin@hookwise.local', password: 'correct horse battery' };
    const outside = await browser.newPage({
      viewport: { width: look.width, height: 900 },
      colorScheme: look.colorScheme,
    });
    await outside.goto(`${stack.adminOrigin}/sign-in`, { waitUntil: 'networkidle' });
    await outside.screenshot({ path: join(FOLDER, `sign-in-${look.width}-${look.colorScheme}.png`) });
    await outside.close();
    const visit = await signedIn(browser, stack.adminOrigin, account, look);
    for (const { name, path } of pages) {
      await visit.page.goto(stack.adminOrigin + path);
      await visit.page.waitForLoadState('networkidle');
      const width = await visit.page.evaluate(() => document.documentElement.scrollWidth);
      if (width > look.width) visit.faults.push(`${path} is ${width} pixels wide`);
      const file = join(FOLDER, `${name}-${look.width}-${look.colorScheme}.png`);
      await visit.page.screenshot({ path: file, fullPage: look.width < 1000 && name !== 'endpoint-editor' });
    }
    for (const fault of new Set(visit.faults)) console.error(fault);
    faults += visit.faults.length;
    await visit.context.close();
  }
  await browser.close();
  console.log(`${(pages.length + 1) * LOOKS.length} pictures are in ${FOLDER}.`);
  if (faults > 0) process.exitCode = 1;
} finally {
  await stack.clean();
}
