import { expect, test } from '../support/test';
import { dot, findTitle, video, waitUntilPlaying } from '../support/steps';

// Playwright would take a plain array for a fixture with options.
test.use({ expectedErrors: async ({}, use) => use([/ERR_CONNECTION_REFUSED/, /status of 404/]) });

test('playback continues after a server restart, and a film that ends during an outage still counts', async ({
  page,
  demo
}) => {
  const movie = await findTitle(page, 'The Gold Rush');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('k');
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
  const place = await video(page, (element) => element.currentTime);

  await demo.end();
  await demo.restart();
  expect(await video(page, (element) => [element.paused, element.currentTime])).toEqual([true, place]);
  const reported = page.waitForResponse((answer) => answer.url().endsWith('/events') && answer.ok());
  await page.keyboard.press('k');
  await reported;
  await waitUntilPlaying(page);
  await expect(dot(page)).not.toHaveAttribute('data-scrobble', 'queued');

  // The film is fully buffered: it plays to the end while the server is down.
  await demo.end();
  await page.keyboard.press('9');
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 20_000 });
  const delivered = page.waitForResponse((answer) => answer.url().endsWith('/events') && answer.ok());
  await demo.restart();
  await delivered;
  // The play appears once Trakt has responded, which may take longer than opening the page.
  await expect(async () => {
    await page.goto('/timeline');
    await expect(page.getByRole('listitem').filter({ hasText: 'The Gold Rush' })).toHaveCount(1, {
      timeout: 3_000
    });
  }).toPass({ timeout: 30_000 });
});

test('a playback session that the server has forgotten is opened again and stays paused', async ({
  page
}) => {
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
