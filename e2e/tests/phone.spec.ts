import { expect, test } from '../support/test';
import { findTitle, video, waitUntilPlaying } from '../support/steps';

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

const PAGES = [
  '/',
  '/movies',
  '/shows',
  '/timeline',
  '/search?q=the',
  '/settings/profile',
  '/settings/libraries',
  '/settings/integrations/trakt'
];

test('no page is wider than a small phone', async ({ page }) => {
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
  }
});

test('the bottom bar opens all main pages', async ({ page }) => {
  await page.goto('/');
  const bar = page.getByRole('navigation', { name: 'Main' });
  for (const place of ['Movies', 'Shows', 'Timeline', 'Settings']) {
    await bar.getByRole('link', { name: place }).tap();
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
  }
});

test('a double tap seeks', async ({ page }) => {
  const movie = await findTitle(page, 'The Cabinet of Dr. Caligari');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.evaluate(() => document.querySelector('video')?.pause());
  const before = await video(page, (element) => element.currentTime);
  await page.touchscreen.tap(320, 300);
  await page.touchscreen.tap(320, 300);
  await expect.poll(() => video(page, (element) => element.currentTime)).toBeGreaterThan(before + 2);
});

test('the icon of a file is next to its format', async ({ page }) => {
  const movie = await findTitle(page, 'Metropolis');
  await page.goto(`/title/${movie.id}`);
  const item = page.getByRole('listitem').filter({ hasText: 'Metropolis (1927).mkv' });
  const icon = await item.locator('svg').first().boundingBox();
  const format = await item.getByText('H.264').boundingBox();
  expect(icon && format && icon.y < format.y + format.height && format.y < icon.y + icon.height).toBe(true);
  expect(icon && format && icon.x + icon.width <= format.x).toBe(true);
});
