import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signedIn, startBrowser, watchFaults, type Look } from '../../support/browser.ts';
import { startRunningStack, type RunningStack } from '../../support/running-stack.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ACCOUNT = { email: 'admin@hookwise.local', password: 'correct horse battery' };

/** A page of the console that somebody looks at, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  faults: string[];
  close(): Promise<void>;
}

/** The whole product with a browser in front of it; signed in once, for sign-in is limited. */
export interface RunningConsole {
  stack: RunningStack;
  browser: Browser;
  origin: string;
  account: typeof ACCOUNT;
  open(path: string, look?: Partial<Look>): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function startConsole(): Promise<RunningConsole> {
  const stack = await startRunningStack();
  const browser = await startBrowser();
  const origin = stack.adminOrigin;
  const first = await signedIn(browser, origin, ACCOUNT);
  const state = await first.context.storageState();
  await first.context.close();
  return {
    stack,
    browser,
    origin,
    account: ACCOUNT,
    async open(path, look = {}) {
      const context: BrowserContext = await browser.newContext({
        storageState: state,
        viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
        colorScheme: look.colorScheme ?? 'light',
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const faults = watchFaults(page, origin);
      await page.goto(origin + path);
      await page.locator('h1').first().waitFor();
      return { page, faults, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await stack.clean();
    },
  };
}

/** What axe finds serious or critical, as lines. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}
