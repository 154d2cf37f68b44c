import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seriousFaults } from './running-console.ts';
import type { EndpointWorld } from './endpoint-world.ts';

const DOWN = { state: 'down', host: { name: 'db-1' }, site: "O'Hara <b>" };

async function addOpenValue(page: Page, value: string): Promise<void> {
  await page.getByRole('combobox', { name: 'These values open' }).fill(value);
  await page.keyboard.press('Enter');
}

/** The editor: what stands beside the form, what is saved of it, and how its changes are kept from being lost. */
export function endpointEditorCases(world: () => EndpointWorld): void {
  it('plans a body as one types, and a click on a value of it fills the field one was in', async () => {
    const { make, open, get } = world();
    const { id } = await make({ name: 'Tried out', ticketing: { triggerField: 'state', openValues: ['broken'] } });
    const { page, faults, close } = await open(`/endpoints/${id}/edit?tool=test`);
    const tester = page.getByRole('complementary', { name: 'Tester' });
    await tester.getByLabel('Body').fill(JSON.stringify(DOWN));
    await tester.getByText('No ticket').waitFor();
    await addOpenValue(page, 'down');
    await tester.getByText('Creates a ticket').waitFor();
    await page.getByLabel('Summary', { exact: true }).focus();
    await tester.getByRole('button', { name: '"db-1"' }).click();
    expect(await page.getByLabel('Summary', { exact: true }).inputValue()).toBe('$.host.name');
    await tester.getByText('from the mapping').waitFor();
    await tester.getByLabel('Body').fill('{ "state": ');
    await tester.getByText('This is not JSON yet.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Everything is saved.').waitFor();
    expect((await get(id)).ticketing.mapping).toEqual({ summary: '$.host.name' });
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('backtests before publishing, and shows then and now side by side', async () => {
    const { make, open, record, get } = world();
    const made = await make({ name: 'Looked back', ticketing: { triggerField: 'state', openValues: ['down'] } });
    await record(made, [DOWN, { ...DOWN, state: 'broken' }]);
    const { page, close } = await open(`/endpoints/${made.id}/edit?tool=backtest`);
    await addOpenValue(page, 'broken');
    await page.getByRole('button', { name: 'Run' }).click();
    const told = page.getByRole('region', { name: 'Then and now', exact: true });
    await told.getByText('of 2 webhooks would change').waitFor();
    const tickets = told.getByRole('row', { name: /^Tickets/ }).getByRole('cell');
    expect(await tickets.allInnerTexts()).toEqual(['1', '1']);
    expect((await get(made.id)).version).toBe(1);
    await close();
  }, 60_000);

  it('shows every check of senders, adds one, and shows the token that a save made, once', async () => {
    const { make, open, get } = world();
    const hmac = (header: string) => ({ type: 'hmac', secret: 's', header });
    const { id } = await make({ name: 'Checked', verification: [hmac('X-One'), hmac('X-Two')] });
    const { page, close } = await open(`/endpoints/${id}/edit`);
    const second = page.getByRole('group', { name: 'HMAC signature 2' });
    expect(await second.getByLabel('Header').inputValue()).toBe('X-Two');
    await page.getByRole('button', { name: 'Remove HMAC signature', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await second.waitFor();
    await page.getByRole('button', { name: 'Bearer token' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const token = await page.getByRole('alert').getByLabel('Bearer token').inputValue();
    expect(token).toMatch(/^[\w-]{43}$/);
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(token);
    expect((await get(id)).verification.map(({ type, header }) => header ?? type)).toEqual([
      'X-One',
      'X-Two',
      'bearer',
    ]);
    await close();
  }, 60_000);

  it('says that somebody else saved meanwhile, with what, and puts the own change on top of it', async () => {
    const { make, open, get, patch } = world();
    const { id } = await make({ name: 'Shared' });
    const { page, close } = await open(`/endpoints/${id}/edit`);
    await page.getByLabel('Description').first().fill('mine');
    await patch(id, { pinned: true, ticketing: { board: 'Theirs' } });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' });
    await dialog.getByText('Theirs', { exact: true }).waitFor();
    expect((await get(id)).description).toBe('');
    await dialog.getByRole('button', { name: 'Put mine on top' }).click();
    await page.getByText('Unsaved changes.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Everything is saved.').waitFor();
    expect(await get(id)).toMatchObject({
      version: 3,
      description: 'mine',
      pinned: true,
      ticketing: { board: 'Theirs' },
    });
    await close();
  }, 60_000);

  it('lays a recipe over the form after showing what it changes, and sets every override of a rule', async () => {
    const { make, open, get } = world();
    const { id } = await make({ name: 'From scratch', ticketing: { board: 'Kept' } });
    const { page, close } = await open(`/endpoints/${id}/edit`);
    await page.getByRole('button', { name: 'Recipe …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start from a recipe' });
    await dialog.getByRole('combobox', { name: 'Recipe' }).click();
    await page.getByRole('option', { name: 'Grafana', exact: false }).click();
    await dialog.getByText('ticketing.splitPath', { exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Put it into the form' }).click();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('group', { name: /^Rule \d+$/ }).last();
    await rule.getByLabel('Where').fill('$.a');
    await rule.getByLabel('matches (regular expression)').fill('b');
    await rule.getByText('Status, type, subtype, item, severity, impact').click();
    const names = ['Board', 'Priority', 'Company', 'Status', 'Type', 'Subtype', 'Item', 'Severity', 'Impact'];
    for (const name of names)
      await rule.getByLabel(name, { exact: true }).and(page.locator('input')).fill(`own ${name}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Everything is saved.').waitFor();
    const { ticketing } = await get(id);
    expect(ticketing.board).toBe('Kept');
    const own = Object.values((ticketing.routingRules.at(-1) as { overrides: Record<string, string> }).overrides);
    expect(own.toSorted()).toEqual(names.map((name) => `own ${name}`).toSorted());
    await close();
  }, 60_000);

  it('asks before the Back button or signing out loses changes', async () => {
    const { make, open } = world();
    const { id } = await make({ name: 'Guarded' });
    const { page, close } = await open(`/endpoints/${id}`);
    await page.getByRole('link', { name: 'Edit' }).click();
    const text = page.getByLabel('Description').first();
    await text.fill('not saved yet');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.evaluate(() => history.back());
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect([page.url().endsWith('/edit'), await text.inputValue()]).toEqual([true, 'not saved yet']);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await page.evaluate(() => history.back());
    await dialog.getByRole('button', { name: 'Leave, lose the changes' }).click();
    await page.getByRole('region', { name: 'Last 24 hours' }).waitFor();
    expect(page.url().endsWith(`/endpoints/${id}`)).toBe(true);
    await close();
  }, 60_000);

  it('keeps versions: each with what it changed; an earlier one holds again after a question, but not over what somebody else saved meanwhile', async () => {
    const { make, open, get, patch } = world();
    const { id } = await make({ name: 'Versioned', ticketing: { board: 'First' } });
    await patch(id, { ticketing: { board: 'Second' }, verification: [] });
    const { page, close } = await open(`/endpoints/${id}/versions`);
    const difference = page.getByRole('region', { name: 'Difference' });
    await difference.getByText('ticketing.board').waitFor();
    expect(await difference.locator('del, ins').allInnerTexts()).toEqual(expect.arrayContaining(['First', 'Second']));
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    const token = await page.getByRole('dialog').getByLabel('Bearer token').inputValue();
    expect(token).toMatch(/^[\w-]{43}$/);
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('Version 3').waitFor();
    expect(await get(id)).toMatchObject({ version: 3, ticketing: { board: 'First' } });

    await patch(id, { ticketing: { board: 'Theirs' } });
    const restore = async () => {
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Version 2' })
        .getByRole('button', { name: 'Restore' })
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    };
    await restore();
    const meanwhile = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' });
    await meanwhile.getByText('saved version 4 after this page was opened', { exact: false }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await meanwhile.getByRole('button', { name: 'Show what was saved' }).click();
    await difference.getByText('Theirs', { exact: true }).waitFor();
    expect(await get(id)).toMatchObject({ version: 4, ticketing: { board: 'Theirs' } });
    await restore();
    await page.getByText('Version 2 holds again.').waitFor();
    expect(await get(id)).toMatchObject({ version: 5, ticketing: { board: 'Second' } });
    await close();
  }, 60_000);
}
