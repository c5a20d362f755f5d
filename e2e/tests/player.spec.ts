import { expect, test } from '../support/test';
import { dot, findTitle, video, send, waitUntilPlaying, withoutHls } from '../support/steps';

test('the keyboard plays, seeks, mutes and shows its shortcuts', async ({ page }) => {
  const movie = await findTitle(page, 'The General');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);

  await page.keyboard.press('k');
  await expect.poll(() => video(page, (element) => element.paused)).toBe(true);
  await page.keyboard.press('5');
  await expect
    .poll(() => video(page, (element) => Math.round((element.currentTime / element.duration) * 10)))
    .toBe(5);
  await page.keyboard.press('Home');
  await expect.poll(() => video(page, (element) => element.currentTime)).toBeLessThan(0.5);
  await page.keyboard.press('m');
  await expect.poll(() => video(page, (element) => element.muted)).toBe(true);
  await page.keyboard.press('m');
  await page.keyboard.press('>');
  await expect.poll(() => video(page, (element) => element.playbackRate)).toBe(1.25);
  await page.keyboard.press('<');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`/title/${movie.id}$`));
});

test('the scrub bar has an accessible name and value', async ({ page }) => {
  const movie = await findTitle(page, 'The General');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  const bar = page.getByRole('slider', { name: 'Seek' });
  await expect(bar).toHaveAttribute('aria-valuetext', /seconds? of .*(seconds?|minutes?)/);
});

test('reloading continues at the same position, and reopening asks whether to resume', async ({ page }) => {
  const movie = await findTitle(page, 'Sherlock Jr.');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('5');
  await expect
    .poll(() => video(page, (element) => element.currentTime / element.duration))
    .toBeGreaterThan(0.49);
  const half = await video(page, (element) => element.currentTime);
  await expect.poll(() => video(page, (element) => element.currentTime)).toBeGreaterThan(half + 0.3);

  await page.reload();
  await waitUntilPlaying(page);
  expect(await video(page, (element) => element.currentTime)).toBeGreaterThan(half - 1);

  await page.keyboard.press('k');
  await page.keyboard.press('Escape');
  await page.goto(`/play/${movie.id}`);
  await page.getByRole('button', { name: /^Resume at/ }).click();
  await waitUntilPlaying(page);
  expect(await video(page, (element) => element.currentTime)).toBeGreaterThan(half - 1);
});

test('incognito applies to this tab and is shown by the scrobble indicator', async ({ page, context }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Incognito' }).click();
  await expect(page.getByRole('button', { name: 'Incognito' })).toHaveAttribute('aria-pressed', 'true');
  const movie = await findTitle(page, 'Safety Last!');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await expect(dot(page)).toHaveAttribute('data-scrobble', 'private');
  await page.keyboard.press('9');
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 40_000 });
  await page.goto('/timeline');
  const row = page.getByRole('listitem').filter({ hasText: 'Safety Last!' });
  await expect(row).toContainText('Private');

  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByRole('button', { name: 'Incognito' })).toHaveAttribute('aria-pressed', 'false');
  await other.close();
});

test('the next episode can be played after an episode ends', async ({ page }) => {
  await page.goto('/shows');
  await page.getByRole('list', { name: 'Shows' }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
  await page
    .getByRole('link', { name: /^(Play|Resume)/ })
    .first()
    .click();
  await waitUntilPlaying(page);
  const first = page.url();
  await page.keyboard.press('9');
  const next = page.getByRole('button', { name: /Playing in \d/ });
  await expect(next).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Play next episode' }).click();
  await waitUntilPlaying(page);
  expect(page.url()).not.toBe(first);
});

test('files that browsers cannot play are converted, and seeking works', async ({ page }) => {
  const movie = await findTitle(page, 'D.O.A.');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('7');
  await expect
    .poll(() => video(page, (element) => element.currentTime / element.duration), { timeout: 20_000 })
    .toBeGreaterThan(0.7);
  await expect
    .poll(() => video(page, (element) => element.readyState), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(3);
});

test('browsers without native HLS can play, seek, and change audio and subtitles', async ({ page }) => {
  await withoutHls(page);
  const movie = await findTitle(page, 'Metropolis');
  await page.goto(`/play/${movie.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('2');

  await page.getByRole('button', { name: 'Audio' }).click();
  await page.getByRole('menuitemradio', { name: /Dutch/ }).click();
  // Media Source Extensions: hls.js supplies the data.
  await expect.poll(() => video(page, (element) => element.currentSrc)).toMatch(/^blob:/);
  await waitUntilPlaying(page);
  const share = () => video(page, (element) => element.currentTime / element.duration);
  expect(await share()).toBeGreaterThan(0.18);

  await page.keyboard.press('5');
  await expect.poll(share, { timeout: 20_000 }).toBeGreaterThan(0.5);
  await page.keyboard.press('k');
  await page.getByRole('button', { name: 'Subtitles' }).click();
  await page.getByRole('menuitemradio', { name: /Dutch/ }).click();
  await expect
    .poll(() => video(page, (element) => [...element.textTracks].map((track) => track.mode)))
    .toContain('showing');

  await page.keyboard.press('Escape');
  await page.goto(`/play/${movie.id}`);
  await page.getByRole('button', { name: /^Resume at/ }).click();
  await waitUntilPlaying(page);
  expect(await share()).toBeGreaterThan(0.45);
  await send(page, 'PATCH', '/api/me', { preferences: { audio_language: 'eng', subtitle_language: '' } });
});
