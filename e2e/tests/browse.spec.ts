import { expect, test } from '../support/test';
import { findTitle } from '../support/steps';

test('filters and sort order are kept in the address and when going back', async ({ page }) => {
  await page.goto('/movies');
  const grid = page.getByRole('list', { name: 'Movies' });
  await expect(grid.getByRole('listitem').first()).toBeVisible();
  const all = await page.getByText(/^\d+ movies$/).innerText();

  await page.getByRole('button', { name: /^Genre/ }).click();
  const genre = page.getByRole('menuitemradio').nth(1);
  await genre.click();
  await expect(page).toHaveURL(/genre=/);
  await expect(page.getByText(/^\d+ movies?$/)).not.toHaveText(all);

  await page.getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('menuitemradio', { name: 'Year' }).click();
  await expect(page).toHaveURL(/sort=year/);
  const address = page.url();

  await grid
    .getByRole('link')
    .first()
    .click({ position: { x: 20, y: 120 } });
  await expect(page).toHaveURL(/\/title\/\d+/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('button', { name: /^Sort: Year/ })).toBeVisible();

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText(/^\d+ movies$/)).toHaveText(all);
});

test('Home includes its first API responses, and other pages request theirs', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  // The first visit signs in.
  await page.goto('/movies');
  await expect(page.getByRole('list', { name: 'Movies' }).getByRole('listitem').first()).toBeVisible();
  expect(requested).toContain('/api/session');

  requested.length = 0;
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => requested).toContain('/api/trakt');
  expect(requested).not.toContain('/api/session');
  expect(requested).not.toContain('/api/home');
});

test('the grid can be navigated with the keyboard', async ({ page }) => {
  await page.goto('/movies');
  const cards = page.getByRole('list', { name: 'Movies' }).getByRole('listitem');
  await cards.first().getByRole('link').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(cards.nth(1).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const last = page.locator('li[data-index]:has(a:focus)');
  const total = Number((await page.getByText(/^\d+ movies$/).innerText()).split(' ')[0]);
  await expect(last).toHaveAttribute('data-index', String(total - 1));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/title\/\d+/);
});

test('search shows results while typing and works with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Recently added movies' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('nosf');
  const hit = page.getByRole('option', { name: /Nosferatu/ }).first();
  await expect(hit).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(hit).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Nosferatu' })).toBeVisible();
});

test('a show leads to its episodes', async ({ page }) => {
  await page.goto('/shows');
  await page.getByRole('list', { name: 'Shows' }).getByRole('link').first().click();
  // A show with one season lists its episodes directly.
  const seasons = page.getByRole('heading', { name: 'Seasons' });
  const episodes = page.getByRole('heading', { name: 'Episodes' });
  await expect(seasons.or(episodes)).toBeVisible();
  if (await seasons.isVisible()) await page.getByRole('link', { name: /Season 1/ }).click();
  await expect(episodes).toBeVisible();
  await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
  await expect(page.getByRole('navigation', { name: 'Previous and next episode' })).toBeVisible();
});

test('marking watched adds a play that can be deleted again', async ({ page }) => {
  const movie = await findTitle(page, 'Metropolis');
  await page.goto(`/title/${movie.id}`);
  await page.getByRole('button', { name: 'Mark as watched' }).click();
  await expect(page.getByText('Added to your timeline.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Watched', exact: true })).toBeVisible();
  await page.goto('/timeline');
  const row = page.getByRole('listitem').filter({ hasText: 'Metropolis' });
  await expect(row).toContainText('Added by hand');
  await row.hover();
  await row.getByRole('button', { name: /Delete play of/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete play' }).click();
  await expect(row).toHaveCount(0);
});

test('the theme is saved', async ({ page }) => {
  await page.goto('/settings/profile');
  await page.getByText('Light', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect
    .poll(
      async () =>
        ((await (await page.request.get('/api/me')).json()) as { preferences: { theme?: string } })
          .preferences.theme
    )
    .toBe('light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('unknown addresses show that the page was not found', async ({ page, expectedErrors }) => {
  expectedErrors.push(/404/, /Not found: \/nowhere/);
  await page.goto('/title/999999');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});
