import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is on this machine, or null. */
export function findChromium(): string | null {
  return process.env['CHROMIUM_PATH'] ?? PLACES.find((path) => existsSync(path)) ?? null;
}

/** Starts Chromium without any of its own calls to the outside. Throws a sentence where there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error(`No Chromium in ${PLACES.join(', ')}: install one or set CHROMIUM_PATH.`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Look {
  width: number;
  height?: number;
  colorScheme: 'light' | 'dark';
}

/** A signed-in browser of its own. Collects what went wrong in it: errors, refused resources, calls to other hosts. */
export async function signedIn(
  browser: Browser,
  origin: string,
  account: { email: string; password: string },
  look: Look = { width: 1440, colorScheme: 'light' },
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height ?? 900 },
    colorScheme: look.colorScheme,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Vienna',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const faults = watchFaults(page, origin);
  await page.goto(`${origin}/sign-in`);
  await page.locator('input[name=email]').fill(account.email);
  await page.locator('input[name=password]').fill(account.password);
  await page.locator('button[type=submit]:enabled').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  return { context, page, faults };
}

/** Collects what goes wrong in a page: errors, what the policy refused, calls to other hosts. */
export function watchFaults(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== origin)
      faults.push(`call to ${url.origin}`);
  });
  return faults;
}
