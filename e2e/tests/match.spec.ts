import { expect, test } from '../support/test';

test('an ambiguous film is matched by choosing a candidate', async ({ page }) => {
  await page.goto('/settings/matches?state=ambiguous');
  const match = page.getByRole('listitem').filter({ hasText: 'Oliver Twist' }).first();
  await match.getByRole('button', { name: 'Choose Oliver Twist 1933' }).click();
  await expect(page.getByText('Matched to Oliver Twist.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'All clear' })).toBeVisible();
  await page.goto('/movies?sort=name');
  await expect(page.getByRole('heading', { level: 1, name: 'Movies' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('oliver');
  await expect(page.getByRole('option', { name: /Oliver Twist\s+1933/ })).toBeVisible();
});

test('an unmatched film can be searched for, or shown under its file name', async ({ page }) => {
  await page.goto('/settings/matches');
  const match = page.getByRole('listitem').filter({ hasText: "Aunt Edna's 70th Birthday" });
  await match.getByRole('button', { name: 'Fix match' }).click();
  const dialog = page.getByRole('dialog', { name: 'Fix match' });
  await dialog.getByLabel('Title').fill('The Kid');
  await dialog.getByLabel('Year').fill('1921');
  await dialog.getByRole('button', { name: 'Search' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'The Kid (1921)' })).toBeVisible();
  await page.keyboard.press('Escape');
  await match.getByRole('button', { name: 'Use file name' }).click();
  await expect(page.getByText('The title is shown under its file name.')).toBeVisible();
});
