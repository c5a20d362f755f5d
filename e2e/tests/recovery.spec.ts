import { expect, test } from '../support/test';
import { dot, findTitle, video, waitUntilPlaying } from '../support/steps';

// A plain array would be taken for a fixture with options.
test.use({ expectedErrors: async ({}, use) => use([/ERR_CONNECTION_REFUSED/, /status of 404/]) });

test('a film outlives a restart of the server, and so does its end', async ({ page, demo }) => {
  const movie = await findTitle(page, 'The Gold Rush');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('k');
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
  const place = await video(page, (element) => element.currentTime);

  await demo.end();
  await demo.startAgain();
  expect(await video(page, (element) => [element.paused, element.currentTime])).toEqual([true, place]);
  const told = page.waitForResponse((answer) => answer.url().endsWith('/events') && answer.ok());
  await page.keyboard.press('k');
  await told;
  await waitUntilPlaying(page);
  await expect(dot(page)).not.toHaveAttribute('data-scrobble', 'queued');

  // All of it has been loaded: it plays on while nobody is there to be told.
  await demo.end();
  await page.keyboard.press('9');
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 20_000 });
  const heard = page.waitForResponse((answer) => answer.url().endsWith('/events') && answer.ok());
  await demo.startAgain();
  await heard;
  // The play is there once Trakt has answered, which may take longer than opening the page.
  await expect(async () => {
    await page.goto('/timeline');
    await expect(page.getByRole('listitem').filter({ hasText: 'The Gold Rush' })).toHaveCount(1, {
      timeout: 3_000
    });
  }).toPass({ timeout: 30_000 });
});

test('a playback that the server has forgotten is opened anew, and stays paused', async ({ page }) => {
  const movie = await findTitle(page, 'The Kid');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('5');
  const half = await video(page, (element) => element.duration / 2);
  await expect.poll(() => video(page, (element) => element.currentTime)).toBeGreaterThanOrEqual(half);

  await page.route('**/api/playback/*/events', (route) => route.fulfill({ status: 404, json: {} }), {
    times: 1
  });
  const opened = page.waitForResponse((answer) => answer.url().endsWith('/api/playback'));
  await page.keyboard.press('k');
  await opened;
  await expect.poll(() => video(page, (element) => element.readyState)).toBeGreaterThanOrEqual(2);
  expect(await video(page, (element) => element.paused)).toBe(true);
  expect(await video(page, (element) => element.currentTime)).toBeGreaterThanOrEqual(half);
  await page.keyboard.press('k');
  await waitUntilPlaying(page);
});
