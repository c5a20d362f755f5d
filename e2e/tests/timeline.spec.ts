import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';
import { findTitle } from '../support/steps';

/** Filters by title and waits for the response, because it recreates all rows. */
async function filterBy(page: Page, name: string) {
  const filtered = page.waitForResponse(/\/api\/timeline\?.*q=/);
  await page.getByRole('textbox', { name: 'Filter by title' }).fill(name);
  await filtered;
}

test('a play in the past can be added, changed, exported and removed', async ({ page }) => {
  const { name } = await findTitle(page, 'A Trip to the Moon');
  await page.goto('/timeline');
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: name });

  await test.step('add', async () => {
    await page.getByRole('button', { name: 'Add a play' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a play' });
    await dialog.getByLabel('What did you watch?').fill(name);
    await dialog
      .getByRole('button', { name: new RegExp(`^${name.replace(/[^\w ]/g, '.')}`) })
      .first()
      .click();
    await dialog.getByLabel('When did you watch it?').fill('2019-05-04T21:15');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await filterBy(page, name);
    await expect(page.getByRole('heading', { name: 'Saturday 4 May 2019' })).toBeVisible();
    await expect(row.filter({ hasText: 'Added by hand' })).toHaveCount(1);
  });

  await test.step('change the time', async () => {
    await row.first().hover();
    await row
      .first()
      .getByRole('button', { name: /^Change the time of/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'When did you watch this?' });
    await dialog.getByLabel('When did you watch it?').fill('2019-05-03T20:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Friday 3 May 2019' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Saturday 4 May 2019' })).toBeHidden();
  });

  await test.step('export', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^kinometa-\d{4}-\d{2}-\d{2}\.csv$/);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toContain('watched_at,type,title');
    expect(text).toMatch(/2019-05-03T\d{2}:00:00Z,movie,/);
  });

  await test.step('the statistics of that year include the play', async () => {
    await page.goto('/statistics?year=2019');
    await expect(page.getByRole('heading', { name: '2019 in review' })).toBeVisible();
    await expect(page.getByText('watched in 1 play')).toBeVisible();
    await page.getByRole('button', { name: 'Show table: By month' }).click();
    const months = page.getByRole('table', { name: 'By month' });
    await expect(months.getByRole('row', { name: /May 2019/ })).toBeVisible();
    await page.getByRole('button', { name: 'Plays' }).click();
    await expect(months.getByRole('row', { name: 'May 2019 1 play' })).toBeVisible();
    await expect(page.locator('canvas')).not.toHaveCount(0);
  });

  await test.step('remove', async () => {
    await page.goto('/timeline');
    await filterBy(page, name);
    await expect(page.getByRole('heading', { name: 'Friday 3 May 2019' })).toBeVisible();
    await row.last().hover();
    await row
      .last()
      .getByRole('button', { name: /^Delete play of/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete play' }).click();
    await expect(page.getByRole('heading', { name: 'Friday 3 May 2019' })).toBeHidden();
  });
});

test('a filter without results shows a message', async ({ page }) => {
  await findTitle(page, 'Nosferatu');
  await page.goto('/timeline');
  await page.getByRole('textbox', { name: 'Filter by title' }).fill('nothing of that name');
  await expect(page.getByRole('heading', { name: 'No plays found' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(page.getByRole('heading', { name: 'No plays found' })).toBeHidden();
});
