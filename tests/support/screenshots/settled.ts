import type { Page } from 'playwright-core';

/** Resolves when a page of the console shows what it has: its heading, nothing that still loads, and its script awake. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.locator('[data-stale]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready);
  await page
    .locator('time', { hasText: /^\d{4}-.* UTC$/ })
    .first()
    .waitFor({ state: 'detached' });
}

/** The page in a theme, with every change of colour at its end. */
export async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  });
}
