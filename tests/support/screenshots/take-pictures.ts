import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { signedIn, watchFaults } from '../browser.ts';
import { compactPng } from './compact-png.ts';
import type { ConsolePage } from './console-pages.ts';
import { inTheme, settled } from './settled.ts';

const WIDTHS = [1440, 390] as const;
const THEMES = ['light', 'dark'] as const;
const ACCOUNT = { email: 'admin@hookwise.local', password: 'correct horse battery' };

export interface Shoot {
  browser: Browser;
  origin: string;
  folder: string;
  pages: readonly ConsolePage[];
}

/** Pictures of every page, wide and narrow, light and dark: each page is loaded once a width. Answers what went wrong in them. */
export async function takePictures(shoot: Shoot): Promise<string[]> {
  const first = await signedIn(shoot.browser, shoot.origin, ACCOUNT);
  const storageState = await first.context.storageState();
  await first.context.close();
  const faults = await Promise.all(WIDTHS.map((width) => takeOf(shoot, width, { storageState })));
  return [...new Set(faults.flat())];
}

async function takeOf(shoot: Shoot, width: number, options: BrowserContextOptions): Promise<string[]> {
  const shown = { viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Vienna' } as const;
  const outside = await shoot.browser.newPage(shown);
  await outside.goto(`${shoot.origin}/sign-in`);
  await takeBoth(shoot, outside, { name: 'sign-in', path: '/sign-in' }, width);
  await outside.close();
  const context = await shoot.browser.newContext({ ...shown, ...options, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults = watchFaults(page, shoot.origin);
  for (const one of shoot.pages) {
    await page.goto(shoot.origin + one.path);
    await settled(page);
    if (one.press !== undefined) {
      await page.getByRole('button', { name: one.press.button }).first().click();
      await page.locator(one.press.appears).first().waitFor();
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) faults.push(`${one.path} is ${wide} pixels wide`);
    await takeBoth(shoot, page, one, width);
  }
  await context.close();
  return faults;
}

async function takeBoth({ folder }: Shoot, page: Page, { name, isLong }: ConsolePage, width: number): Promise<void> {
  for (const colorScheme of THEMES) {
    await inTheme(page, colorScheme);
    const picture = await page.screenshot({ fullPage: width < 1000 && isLong !== true });
    writeFileSync(join(folder, `${name}-${width}-${colorScheme}.png`), await compactPng(picture));
  }
}
