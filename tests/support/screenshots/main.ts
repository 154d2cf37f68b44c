import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';
import { startBrowser } from '../browser.ts';
import { startRunningStack } from '../running-stack.ts';
import { consolePages } from './console-pages.ts';
import { makeSampleData } from './sample-data.ts';
import { takePictures } from './take-pictures.ts';

/**
 * `npm run screenshots [-- [--into <folder>] <names of pages>]`: starts the product with sample data and takes a picture of
 * every page, or of those named, wide and narrow, light and dark.
 */
const { values, positionals } = parseArgs({ options: { into: { type: 'string' } }, allowPositionals: true });
const folder = values.into ?? join(CHECKOUT, 'infra', 'docs', 'screens');

const stack = await startRunningStack();
try {
  await makeSampleData(stack);
  const all = await consolePages(stack.rest);
  const pages = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
  mkdirSync(folder, { recursive: true });
  const browser = await startBrowser();
  const began = Date.now();
  const faults = await takePictures({ browser, origin: stack.adminOrigin, folder, pages });
  await browser.close();
  for (const fault of faults) console.error(fault);
  console.log(`${(pages.length + 1) * 4} pictures in ${Math.round((Date.now() - began) / 1000)} s are in ${folder}.`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await stack.clean();
}
