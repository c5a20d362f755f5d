import { expect, test } from '../support/test';
import { ensureConnected } from '../support/steps';

test('a list can be followed, filtered, pinned to Home and unfollowed', async ({ page, expectedErrors }) => {
  await ensureConnected(page);
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Lists' }).click();
  const lists = page.getByRole('main').getByRole('list', { name: 'Lists' });

  await test.step('the watchlist is listed and cannot be unfollowed', async () => {
    await lists.getByRole('link', { name: /Watchlist/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Watchlist' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'More actions' })).toBeHidden();
    await page.goBack();
  });

  await test.step('an address that is not a list is rejected', async () => {
    await page.getByRole('button', { name: 'Follow a list' }).click();
    const dialog = page.getByRole('dialog', { name: 'Follow a list' });
    expectedErrors.push(/status of 422.*lists\/preview/);
    await dialog.getByLabel('Address on Trakt').fill('https://example.org/lists/5');
    await dialog.getByRole('button', { name: 'Preview', exact: true }).click();
    await expect(dialog.getByText(/not an address on Trakt/)).toBeVisible();
  });

  await test.step('a list is previewed and followed', async () => {
    const dialog = page.getByRole('dialog', { name: 'Follow a list' });
    await dialog.getByLabel('Address on Trakt').fill('trakt.tv/lists/official/free-to-watch/?sort=rank');
    await dialog.getByRole('button', { name: 'Preview', exact: true }).click();
    await expect(dialog.getByRole('heading', { name: 'Free to Watch' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Follow', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Free to Watch' })).toBeVisible();
  });

  const titles = page.getByRole('list', { name: 'Titles on Free to Watch' });
  await test.step('the titles can be limited to those in the library', async () => {
    await expect(titles.getByText('Not in the library').first()).toBeAttached();
    await page.getByRole('button', { name: /^In library/ }).click();
    await expect(titles.getByRole('link').first()).toBeVisible();
    await expect(titles.getByText('Not in the library')).toHaveCount(0);
    await page.getByRole('button', { name: /^All/ }).click();
  });

  await test.step('refreshing shows that the list is up to date', async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByText('The list is up to date.')).toBeVisible();
  });

  await test.step('the pinned list is a row on Home', async () => {
    await page.getByRole('button', { name: 'Pin to Home' }).click();
    await expect(page.getByRole('button', { name: 'Unpin from Home' })).toBeVisible();
    await page.goto('/');
    const row = page.getByRole('region', { name: 'Free to Watch' });
    await expect(row.getByRole('listitem').first()).toBeVisible();
    await row.getByRole('heading').getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Free to Watch' })).toBeVisible();
  });

  await test.step('the unfollowed list disappears from the lists and from Home', async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Unfollow' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unfollow Free to Watch?' });
    await dialog.getByRole('button', { name: 'Unfollow' }).click();
    await expect(lists.getByRole('link', { name: /Watchlist/ })).toBeVisible();
    await expect(lists.getByRole('link', { name: /^Free to Watch/ })).toBeHidden();
    await page.goto('/');
    await expect(page.getByRole('region', { name: 'Free to Watch' })).toBeHidden();
  });
});
