import { expect, test } from '../support/test';
import { findTitle, video, waitUntilPlaying } from '../support/steps';

test('Escape and a click outside close a popover or menu and do not affect playback', async ({ page }) => {
  const movie = await findTitle(page, 'The General');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  const layers = [
    { button: page.locator('button[data-scrobble]'), content: page.locator('[data-popover-content]') },
    { button: page.getByRole('button', { name: 'Playback speed' }), content: page.getByRole('menu') }
  ];
  for (const { button, content } of layers) {
    await button.click();
    await expect(content).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(content).toBeHidden();
    await expect(page).toHaveURL(/\/play\//);

    await button.click();
    await expect(content).toBeVisible();
    await page.mouse.click(600, 450);
    await expect(content).toBeHidden();
    expect(await video(page, (element) => element.paused)).toBe(false);
  }
  await page.mouse.click(600, 450);
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
});

test('a seek while paused is saved when the player is closed', async ({ page }) => {
  const movie = await findTitle(page, 'The Kid');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('k');
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
  const reported = page.waitForRequest(
    (request) => request.url().endsWith('/events') && request.postData()?.includes('"seek"') === true
  );
  await page.keyboard.press('6');
  await reported;
  const position = await video(page, (element) => element.currentTime);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/title\//);
  await page.goto(`/play/${movie.id}?at=resume`);
  await waitUntilPlaying(page);
  expect(await video(page, (element) => element.currentTime)).toBeGreaterThanOrEqual(position - 0.5);
});

test('a seek while paused is kept after a reload', async ({ page }) => {
  const movie = await findTitle(page, 'Safety Last!');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('k');
  await page.keyboard.press('5');
  const half = await video(page, (element) => element.duration / 2);
  await expect.poll(() => video(page, (element) => element.currentTime)).toBeGreaterThanOrEqual(half - 0.1);
  await page.reload();
  await waitUntilPlaying(page);
  expect(await video(page, (element) => element.currentTime)).toBeGreaterThanOrEqual(half - 0.5);
});

test('the seek buttons show how far they go', async ({ page }) => {
  const movie = await findTitle(page, 'The General');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await expect(page.getByRole('button', { name: 'Back 10 seconds' })).toHaveText('10');
  await expect(page.getByRole('button', { name: 'Forward 10 seconds' })).toHaveText('10');
});

test('player addresses without a title number show that the page was not found', async ({
  page,
  expectedErrors
}) => {
  expectedErrors.push(/404/, /Not found: \/play/);
  for (const path of ['/play', '/play/abc', '/play/0']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Go to Home' })).toBeVisible();
  }
});

test.describe('on a phone in landscape orientation', () => {
  test.use({ viewport: { width: 740, height: 360 } });

  test('the end screen shows all its buttons without scrolling', async ({ page }) => {
    await page.goto('/shows');
    await page.getByRole('list', { name: 'Shows' }).getByRole('link').first().click();
    await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
    await expect(page).toHaveURL(/\/title\/\d+$/);
    await page.goto(page.url().replace('/title/', '/play/') + '?at=start');
    await waitUntilPlaying(page);
    await page.keyboard.press('9');
    await expect(page.getByRole('button', { name: /Playing in \d/ })).toBeInViewport({
      ratio: 1,
      timeout: 40_000
    });
    for (const name of ['Cancel', 'Watch again', 'Exit player'])
      await expect(page.getByRole('region').getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  });
});
