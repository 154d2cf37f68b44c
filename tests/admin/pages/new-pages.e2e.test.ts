import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { findChromium } from '../../support/browser.ts';
import { HOSTILE } from '../../support/screenshots/sample-data.ts';
import { accessCases } from './access.cases.ts';
import { seriousFaults, startConsole, type RunningConsole } from './running-console.ts';

if (findChromium() === null) console.log('No Chromium on this machine: these pages are not visited.');

describe.skipIf(findChromium() === null)('live, history, tenants and settings in a browser', () => {
  let console_: RunningConsole;
  let endpoint: { id: string; url: string; token: string };
  const send = async (message: string, status: 0 | 1 = 0) => {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${endpoint.token}` },
      body: JSON.stringify({ heartbeat: { status }, monitor: { name: 'Web shop' }, msg: message }),
    });
    expect(response.status).toBe(202);
  };
  beforeAll(async () => {
    console_ = await startConsole();
    endpoint = await console_.stack.makeEndpoint({ name: 'Seen live', ticketing: { noteIntervalSeconds: 0 } });
  }, 400_000);
  afterAll(() => console_?.close());

  accessCases(() => console_);

  it('shows a webhook while it arrives, markup as text, and opens it', async () => {
    const { page, faults, close } = await console_.open('/live');
    await page.getByText('live', { exact: true }).waitFor();
    await send(HOSTILE);
    const line = page.getByRole('list', { name: 'What happens now' }).getByRole('link').last();
    await line.waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('live', { exact: true }).waitFor();
    expect(await page.evaluate(() => Object.hasOwn(window, 'pwned'))).toBe(false);
    expect(faults).toEqual([]);
    await line.click();
    await page.waitForURL(/\/(history|incidents)\/[0-9a-f-]{36}$/);
    await close();
  }, 60_000);

  it('says so where the feed cannot go on without a gap', async () => {
    const { page, close } = await console_.open('/');
    const told = ['hello', 'gap'].map((event, at) => `event: ${event}\nid: ${at + 1}\ndata: {}\n\n`).join('');
    await page.route('**/api/live**', (route) => route.fulfill({ contentType: 'text/event-stream', body: told }));
    await page.goto(`${console_.origin}/live`);
    await page.getByText('The feed went on anew', { exact: false }).waitFor();
    await close();
  }, 60_000);

  it('tells in an incident every decision with its cause, as a page and as Markdown', async () => {
    const incident = await eventually(async () => {
      const { items } = await console_.stack.rest.get<{ items: { id: string; phase: string }[] }>('/incidents?limit=1');
      return items[0]?.phase === 'open' ? items[0] : undefined;
    }, 30_000);
    const { page, close } = await console_.open(`/incidents/${incident?.id}`);
    await page.getByRole('list', { name: 'Timeline' }).getByText('Ticket', { exact: false }).first().waitFor();
    expect(await page.locator('.cause').count()).toBeGreaterThan(0);
    await page.setViewportSize({ width: 390, height: 900 });
    const tops = await Promise.all(
      ['Facts', 'Act', 'Timeline', 'Workflow'].map(
        async (name) => (await page.getByRole('region', { name, exact: true }).boundingBox())?.y ?? -1,
      ),
    );
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('list', { name: 'Timeline' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Markdown' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^incident-.*\.md$/);
    await close();
  }, 60_000);

  it('tells what the workflow of an incident waits for, and lists it; with Temporal away the pages say so and stay whole', async () => {
    const [incident] = (await console_.stack.rest.get<{ items: { id: string; summary: string }[] }>('/incidents'))
      .items;
    const { page, faults, close } = await console_.open(`/incidents/${incident?.id}`);
    const workflow = page.getByRole('region', { name: 'Workflow' });
    await workflow.getByText('Waits for the next webhook', { exact: false }).waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: 'running' })
      .getByRole('link', { name: incident?.summary ?? 'none' })
      .waitFor();
    const temporal = console_.stack.pidOf('temporal');
    process.kill(temporal, 'SIGSTOP');
    try {
      await page.goto(`${console_.origin}/workflows?status=completed`);
      await page.getByText('Temporal does not answer, and only it knows', { exact: false }).waitFor();
      await page.goto(`${console_.origin}/incidents/${incident?.id}`);
      await workflow.getByText('Temporal does not answer.', { exact: false }).waitFor();
      await page.getByRole('list', { name: 'Timeline' }).getByText('Ticket', { exact: false }).first().waitFor();
    } finally {
      process.kill(temporal, 'SIGCONT');
    }
    expect(faults).toEqual([]);
    await close();
  }, 90_000);

  it('compares two chosen webhooks, and replays a filter after saying how many', async () => {
    await send('second');
    const { page, close } = await console_.open(`/history?endpoint=${endpoint.id}`);
    await eventually(async () => {
      await page.reload();
      return (await page.getByRole('checkbox').count()) >= 2;
    }, 30_000);
    await page.getByRole('checkbox').nth(0).check();
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'Two webhooks side by side' }).waitFor();
    await page.getByText('body.msg', { exact: true }).waitFor();
    await page.goto(`${console_.origin}/history?endpoint=${endpoint.id}`);
    await page.getByRole('button', { name: 'Replay all' }).click();
    await page.getByText('2 webhooks', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Replay 2' }).click();
    await page.getByRole('dialog').getByText('done', { exact: true }).waitFor({ timeout: 40_000 });
    await close();
  }, 90_000);

  it('has a menu for each row of the history, by right click and by keyboard, and prints the rows without it', async () => {
    const { page, faults, close } = await console_.open(`/history?endpoint=${endpoint.id}`);
    const row = page.locator('tr[data-webhook]').last();
    const id = (await row.getAttribute('data-webhook')) ?? '';
    await row.click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Actions for this webhook' });
    await menu.getByRole('menuitem', { name: 'Choose to compare' }).click();
    expect(await row.getByRole('checkbox').isChecked()).toBe(true);
    await row.getByRole('button', { name: /^Actions for/ }).focus();
    await page.keyboard.press('Enter');
    await menu.getByRole('menuitem', { name: 'Replay with today’s rules' }).waitFor();
    await menu.getByRole('menuitem', { name: 'Copy the request id' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The request id is copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
    expect(await row.getByRole('link', { name: /^#\d+$/ }).getAttribute('href')).toMatch(/^\/tickets\/\d+$/);
    await page.emulateMedia({ media: 'print' });
    expect(await row.isVisible()).toBe(true);
    expect(await row.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('searches in bodies when asked, says how far it is, and keeps the search in the address', async () => {
    const { page, close } = await console_.open(`/history?endpoint=${endpoint.id}`);
    await page.getByText('Search in bodies').click();
    await page.getByLabel('Text in bodies').fill('"name":"Web shop"');
    await page.locator('.body-search').getByRole('button', { name: 'Search' }).click();
    await page.getByText(/\d+ bodies looked at, \d+ have the text\. That is all\./).waitFor();
    expect(new URL(page.url()).searchParams.get('body')).toBe('"name":"Web shop"');
    await page.reload();
    await page.getByText(/bodies looked at, \d+ have the text\. That is all\./).waitFor();
    await close();
  }, 60_000);

  it('takes back the deletion of a tenant', async () => {
    await console_.stack.rest.post('/tenant-mappings', { tenant: 'Brief*', companyId: 'BRIEF', description: 'kept' });
    const { page, close } = await console_.open('/tenants');
    await page.getByRole('button', { name: 'Delete Brief*' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('“Brief*” is mapped again.').waitFor();
    const { items } = await console_.stack.rest.get<{ items: { tenant: string; description: string }[] }>(
      '/tenant-mappings',
    );
    expect(items.filter(({ tenant }) => tenant === 'Brief*')).toMatchObject([{ description: 'kept' }]);
    await close();
  }, 60_000);

  it('saves a window that meets another, and says so until it is closed', async () => {
    const window = { type: 'once', start: '2098-07-01T01:00', end: '2098-07-01T02:00', timezone: 'UTC' };
    for (const name of ['Backups', 'Patch night'])
      await console_.stack.rest.post('/maintenance-windows', { name, window });
    const { page, faults, close } = await console_.open('/maintenance');
    await page.getByRole('button', { name: 'Edit Patch night' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Patches');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const told = page.getByRole('alert').filter({ hasText: 'look at it again' });
    await told.getByText('“Patches” overlaps “Backups”', { exact: false }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Patches' }).waitFor();
    expect([await page.getByRole('dialog').count(), await seriousFaults(page), faults]).toEqual([0, [], []]);
    await close();
  }, 60_000);

  it('says where a tenant leads as it is typed', async () => {
    await console_.stack.rest.post('/tenant-mappings', { tenant: 'Acme*', companyId: 'ACME' });
    const { page, close } = await console_.open('/tenants');
    await page.getByLabel('Try a tenant', { exact: true }).last().fill('acme vienna');
    await page.getByText('Company ACME, by “Acme*”.').waitFor();
    await page.getByLabel('Try a tenant', { exact: true }).last().fill('Fabrikam');
    await page.getByText('No tenant fits', { exact: false }).waitFor();
    await close();
  }, 60_000);

  it('makes an API key that works and is shown once, and previews a file before it is applied', async () => {
    const { page, close } = await console_.open('/settings/keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('Nightly report');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    const answer = await fetch(`${console_.origin}/api/v1/endpoints`, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, (await answer.text()).includes('Seen live')]).toEqual([200, true]);
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(key);

    await page.goto(`${console_.origin}/settings/transfer`);
    const yaml = page.getByLabel('YAML');
    await yaml.fill('hookwise: 1\nendpoints:\n  - name: From a file\n    colour: red\n');
    const apply = page.getByRole('form', { name: 'Apply a file' });
    await apply.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('alert').getByText('line 4', { exact: false }).first().waitFor();
    await yaml.fill('hookwise: 1\nendpoints:\n  - name: From a file\n');
    await apply.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('1 thing would change.').waitFor();
    const named = () => console_.stack.rest.get<{ items: unknown[] }>('/endpoints?q=From%20a%20file');
    expect((await named()).items).toHaveLength(0);
    await page.getByRole('button', { name: 'Apply 1 change' }).click();
    await page.getByText('1 thing changed.').waitFor();
    expect((await named()).items).toHaveLength(1);
    await close();
  }, 60_000);

  it('asks before a masked name makes open incidents lose their sender', async () => {
    const { page, faults, close } = await console_.open('/settings');
    const masking = page.getByRole('form', { name: 'Masking' });
    const save = async () => {
      await masking.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').getByText('Alert: Web shop', { exact: true }).waitFor();
    };
    await masking.getByLabel('Mask these names too').fill('monitor');
    await page.keyboard.press('Enter');
    await save();
    await page.getByRole('button', { name: 'Do not save' }).click();
    const words = async () => (await console_.stack.rest.get<{ maskingWords: string[] }>('/settings')).maskingWords;
    expect(await words()).toEqual([]);
    await save();
    await page.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await words()).toEqual(['monitor']);
    expect(faults).toEqual([]);
    await close();
  }, 60_000);
});
