import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import { endpointEditorCases } from './endpoint-editor.cases.ts';
import { endpointWorld } from './endpoint-world.ts';
import { seriousFaults, startConsole, type RunningConsole } from './running-console.ts';

if (findChromium() === null) console.log('No Chromium on this machine: the endpoints are not visited.');

describe.skipIf(findChromium() === null)('endpoints in a browser', () => {
  let console_: RunningConsole;
  const world = endpointWorld(() => console_);
  const { make, named } = world;
  beforeAll(async () => {
    console_ = await startConsole();
  }, 400_000);
  afterAll(() => console_?.close());

  it('stand in a list too, where many are chosen, paused, taken back, exported and deleted at once', async () => {
    for (const name of ['Bulk one', 'Bulk two', 'Bulk three']) await make({ name });
    const { page, faults, close } = await console_.open('/endpoints?q=Bulk');
    await page.getByRole('radiogroup', { name: 'Shown as' }).getByText('List').click();
    await page.waitForURL(/view=list/);
    await page.getByRole('checkbox', { name: 'Choose Bulk one' }).check();
    await page.getByRole('button', { name: 'Choose all 3' }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('3 endpoints paused.').waitFor();
    expect((await named('Bulk')).map(({ enabled }) => enabled)).toEqual([false, false, false]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    expect((await named('Bulk')).map(({ enabled }) => enabled)).toEqual([true, true, true]);

    await page.getByRole('checkbox', { name: 'Choose Bulk one' }).check();
    await page.getByRole('checkbox', { name: 'Choose Bulk three' }).check();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    expect((await saved).suggestedFilename()).toBe('hookwise-endpoints.yaml');
    await page.getByRole('button', { name: 'Delete …' }).click();
    await page.getByLabel('Type “delete 2” to confirm').fill('delete 2');
    await page.getByRole('button', { name: 'Delete now' }).click();
    await page.getByText('2 endpoints deleted.').waitFor();
    expect((await named('Bulk')).map(({ name }) => name)).toEqual(['Bulk two']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 endpoints: back, under the same URL', { exact: false }).waitFor();
    expect((await named('Bulk')).map(({ name }) => name)).toEqual(['Bulk one', 'Bulk two', 'Bulk three']);
    expect(faults).toEqual([]);
    await close();
  }, 90_000);

  it('are chosen and let go from one to another with Shift, by pointer and by keyboard', async () => {
    for (const name of ['Range a', 'Range b', 'Range c', 'Range d']) await make({ name });
    const { page, close } = await console_.open('/endpoints?q=Range&view=list');
    const box = (name: string) => page.getByRole('checkbox', { name: `Choose Range ${name}` });
    const chosen = () => page.getByRole('checkbox', { checked: true }).count();
    await box('a').click();
    await box('c').click({ modifiers: ['Shift'] });
    await page.getByText('3 endpoints chosen').waitFor();
    await box('d').focus();
    await page.keyboard.press('Space');
    await page.getByText('4 endpoints chosen').waitFor();
    await box('b').focus();
    await page.keyboard.press('Shift+Space');
    await page.getByText('1 endpoint chosen').waitFor();
    expect([await chosen(), await box('a').isChecked()]).toEqual([1, true]);
    await close();
  }, 60_000);

  it('that was deleted is back by Undo, with its URL answering again', async () => {
    const made = await make({ name: 'Missed' });
    const { page, faults, close } = await console_.open(`/endpoints/${made.id}`);
    const send = async () =>
      (
        await fetch(made.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${made.token}` },
          body: '{ "heartbeat": { "status": 1 } }',
        })
      ).status;
    await page.getByRole('button', { name: 'Actions for Missed' }).click();
    await page.getByRole('menuitem', { name: 'Delete …' }).click();
    await page.getByLabel('Type the name to confirm').fill('Missed');
    await page.getByRole('button', { name: 'Delete now' }).click();
    await page.waitForURL((url) => url.pathname === '/endpoints');
    await eventually(async () => (await send()) === 404, 20_000);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Missed: back, under the same URL', { exact: false }).waitFor();
    await eventually(async () => (await send()) === 202, 20_000);
    expect((await named('Missed')).map(({ id, version }) => [id, version])).toEqual([[made.id, 1]]);
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('are carried to another place by keyboard alone, which is said, and makes no version', async () => {
    const ids: string[] = [];
    for (const name of ['Row a', 'Row b', 'Row c']) ids.push((await make({ name })).id);
    const { page, close } = await console_.open('/endpoints?view=list');
    const order = () =>
      page.getByRole('row', { name: /^Row / }).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
    expect(await order()).toEqual(['Row a', 'Row b', 'Row c']);
    await page.getByRole('button', { name: 'Move Row c' }).focus();
    await page.locator('button.handle[data-ready]:focus').waitFor();
    await page.keyboard.press('Space');
    const pickedUp = page.getByText(/^Picked up Row c, place \d+/);
    await pickedUp.waitFor({ state: 'attached' });
    const place = Number(/place (\d+)/.exec((await pickedUp.textContent()) ?? '')?.[1]);
    for (const higher of [place - 1, place - 2]) {
      await page.keyboard.press('ArrowUp');
      await page.getByText(new RegExp(`^Row c, place ${higher}\\b`)).waitFor({ state: 'attached' });
    }
    await page.keyboard.press('Space');
    await eventually(async () => (await named('Row'))[0]?.name === 'Row c', 20_000);
    expect(await order()).toEqual(['Row c', 'Row a', 'Row b']);
    await page.reload();
    await eventually(async () => expect(await order()).toEqual(['Row c', 'Row a', 'Row b']));
    expect((await named('Row')).map(({ version }) => version)).toEqual([1, 1, 1]);
    await close();
  }, 60_000);

  it('have a menu by a right click, which clones: with a token of its own, shown once, as a draft', async () => {
    const { id } = await make({ name: 'Original' });
    const { page, close } = await console_.open('/endpoints?q=Original');
    await page.getByRole('article', { name: 'Original' }).click({ button: 'right' });
    for (const item of ['Edit', 'Send a test', 'Copy URL', 'Pause', 'Delete …'])
      await page.getByRole('menuitem', { name: item }).waitFor();
    await page.getByRole('menuitem', { name: 'Copy URL' }).click();
    await page.getByText('The URL is copied.').waitFor();
    await page.getByRole('link', { name: 'Original' }).focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Clone' }).click();
    const token = await page.getByRole('dialog').getByLabel('Bearer token').inputValue();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('article', { name: 'Original (copy)' }).waitFor();
    expect(await page.content()).not.toContain(token);
    const clone = (await named('Original (copy)'))[0];
    expect([clone?.draft, clone?.id === id, token.length]).toEqual([true, false, 43]);
    await close();
  }, 60_000);

  it('get a new token after a question, and the old one opens for as long as was chosen', async () => {
    const made = await make({ name: 'Turned' });
    const { page, close } = await console_.open(`/endpoints/${made.id}`);
    await page.getByRole('button', { name: 'New token …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make a new token?' });
    await dialog.getByRole('combobox', { name: 'The old token still opens' }).click();
    await page.getByRole('option', { name: 'For a day' }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make a new token' }).click();
    const token = await page.getByLabel('Bearer token').inputValue();
    expect(token).not.toBe(made.token);
    await world.record(made, [{ heartbeat: { status: 0 } }]);
    await world.record({ ...made, token }, [{ heartbeat: { status: 1 } }]);
    await close();
  }, 60_000);

  endpointEditorCases(() => world);
});
