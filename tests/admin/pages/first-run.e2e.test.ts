import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uptimeKumaBody } from '../../../infra/recipes/uptime-kuma.ts';
import { findChromium } from '../../support/browser.ts';
import { startConsole, type RunningConsole } from './running-console.ts';

if (findChromium() === null) console.log('No Chromium on this machine: the pages are not visited.');

describe.skipIf(findChromium() === null)('the console of a fresh installation', () => {
  let console_: RunningConsole;
  beforeAll(async () => {
    console_ = await startConsole();
  }, 400_000);
  afterAll(() => console_?.close());

  it('teaches on every empty page what would stand there', async () => {
    const { page, faults, close } = await console_.open('/tickets');
    await page.getByText('No ticket yet').waitFor();
    await page.goto(`${console_.origin}/history`);
    await page.getByText('Nothing was received yet').waitFor();
    await page.goto(`${console_.origin}/incidents`);
    await page.getByText('Nothing has gone wrong yet').waitFor();
    await page.getByText('curl -X POST').waitFor();
    await page.goto(`${console_.origin}/maintenance`);
    await page.getByText('No window yet').waitFor();
    await page.goto(`${console_.origin}/tenants`);
    await page.getByText('No tenant yet').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('shows on the overview the line to paste, and what it sends while it arrives', async () => {
    const { page, faults, close } = await console_.open('/');
    const card = page.getByRole('region', { name: 'First steps' });
    await card.getByText('Waiting for the first webhook.').waitFor();
    const [, url, token, body] =
      /-X POST '([^']+)'.*Bearer ([^']+)'.*-d '([^']+)'/s.exec((await card.locator('pre').textContent()) ?? '') ?? [];
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const sent = await fetch(url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: body ?? '',
    });
    expect(sent.status).toBe(202);
    await card.getByRole('log', { name: 'What arrived' }).getByText('Web shop', { exact: false }).first().waitFor();
    await card.getByText('processed', { exact: true }).waitFor();
    expect(asked.filter((path) => path.startsWith('/api/v1/'))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('leads from a new endpoint over its first webhook to a closed ticket', async () => {
    const { page, faults, close } = await console_.open('/');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Endpoints' }).click();
    await page.getByRole('link', { name: 'New endpoint' }).click();
    await page.getByLabel('Name').fill('Shop monitor');
    await page.getByRole('button', { name: 'Make the endpoint' }).click();
    await page.getByText('Waiting for the first webhook').waitFor();
    const url = await page.getByRole('textbox', { name: 'URL' }).inputValue();
    const token = await page.getByRole('textbox', { name: 'Bearer token' }).inputValue();
    const body = uptimeKumaBody({ monitor: 'Till 4', status: 0, at: new Date(), message: 'no answer' });
    const sent = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    expect(sent.status).toBe(202);
    await page.getByText('processed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'See it' }).click();
    await page.getByRole('heading', { name: /Till 4/ }).waitFor();
    await page.getByRole('link', { name: 'Incident', exact: true }).click();
    await page.getByText('created', { exact: false }).first().waitFor();
    await page
      .getByRole('region', { name: 'Facts' })
      .getByRole('link', { name: /^#\d+$/ })
      .click();
    await page.getByRole('button', { name: 'Close ticket' }).click();
    await page.getByText('Closed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Open again' }).waitFor();
    await page.getByRole('link', { name: 'Open its incident' }).click();
    await page.locator('.head .badge', { hasText: 'closed' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('is steered by the keyboard alone, from sign-in on', async () => {
    const context = await console_.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const { keyboard } = page;
    await page.goto(`${console_.origin}/sign-in`);
    await page.locator('input[name=email]:focus').waitFor();
    await page.locator('button[type=submit]:enabled').waitFor();
    await keyboard.type(console_.account.email);
    await keyboard.press('Tab');
    await keyboard.type(console_.account.password);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByRole('switch', { name: 'Maintenance mode' }).waitFor();

    await keyboard.press('g');
    await keyboard.press('m');
    await page.getByRole('heading', { name: 'Maintenance', exact: true }).waitFor();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });

    await keyboard.press('Control+k');
    await page.getByPlaceholder('Page, endpoint or incident').waitFor();
    await keyboard.type('Tenant');
    await page.locator('[data-action][data-selected]', { hasText: 'Tenant map' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Tenant map' }).waitFor();

    const make = page.getByRole('button', { name: 'New tenant' });
    for (
      let presses = 0;
      presses < 40 && !(await make.evaluate((button) => button === document.activeElement));
      presses += 1
    )
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.locator('input[name=tenant]:focus').waitFor();
    await keyboard.type('Contoso*');
    await keyboard.press('Tab');
    await keyboard.type('CONT');
    await keyboard.press('Enter');
    await page.getByText('Contoso*', { exact: true }).waitFor();

    await keyboard.press('g');
    await keyboard.press('e');
    await page.getByRole('heading', { name: 'Endpoints' }).waitFor();
    await keyboard.press('/');
    await page.locator('[data-search]:focus').waitFor();
    await keyboard.type('example');
    await page.waitForURL(/q=example/);
    await context.close();
  });

  it('asks before unsaved changes are lost, and says where a value cannot be saved', async () => {
    const [endpoint] = (await console_.stack.rest.get<{ items: { id: string }[] }>('/endpoints?q=example')).items;
    const { page, close } = await console_.open(`/endpoints/${endpoint?.id}/edit`);
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('textbox', { name: 'Where', exact: true }).fill('$.severity');
    await page.getByLabel('matches (regular expression)').fill('(');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'History' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('listitem').filter({ hasText: 'ticketing.routingRules.0.pattern' }).waitFor();
    await page.getByLabel('matches (regular expression)').fill('^critical$');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Everything is saved.').waitFor();
    const saved = await console_.stack.rest.get<{ ticketing: { routingRules: unknown[] } }>(
      `/endpoints/${endpoint?.id}`,
    );
    expect(saved.ticketing.routingRules).toEqual([{ path: '$.severity', pattern: '^critical$', overrides: {} }]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await close();
  });

  it('lets a viewer look and change nothing, by page or by an action that was open before', async () => {
    const { page, close } = await console_.open('/tenants');
    await page.getByRole('button', { name: 'New tenant' }).click();
    await page.locator('input[name=tenant]').fill('Fabrikam');
    await page.locator('input[name=companyId]').fill('FAB');
    await console_.stack.pool.query(`update auth."user" set role = 'viewer'`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This needs the role admin.').waitFor();
    await page.goto(`${console_.origin}/endpoints`);
    await page.getByRole('heading', { name: 'Endpoints' }).waitFor();
    expect(await page.getByRole('link', { name: 'New endpoint' }).count()).toBe(0);
    await page.goto(`${console_.origin}/endpoints/new`);
    await page.getByRole('heading', { name: 'Not for your account' }).waitFor();
    await page.goto(console_.origin);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    await console_.stack.pool.query(`update auth."user" set role = 'admin'`);
    const { items } = await console_.stack.rest.get<{ items: { tenant: string }[] }>('/tenant-mappings');
    expect(items.map(({ tenant }) => tenant)).not.toContain('Fabrikam');
    await close();
  });
});
