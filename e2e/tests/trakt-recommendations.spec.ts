import { expect, test } from '../support/test';
import { detail, findTitle, followTrakt, send, traktId } from '../support/steps';

test('recommendations from Trakt are on Home until they are dismissed', async ({ page, simulator }) => {
  test.slow();
  const username = await followTrakt(page);
  await page.goto('/');
  const row = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Recommended for you' }) });
  await expect(row).toBeVisible({ timeout: 30_000 });
  const button = row.getByRole('button', { name: /^Not interested in/ }).first();
  const label = (await button.getAttribute('aria-label')) ?? '';
  const before = await simulator.hidden(username);
  await button.click();
  await expect(row.getByRole('button', { name: label, exact: true })).toHaveCount(0);
  await expect.poll(() => simulator.hidden(username), { timeout: 30_000 }).toBe(before + 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => simulator.hidden(username), { timeout: 30_000 }).toBe(before);
});

test('a film paused on another device has its progress here', async ({ page, simulator }) => {
  test.slow();
  const username = await followTrakt(page);
  const film = await findTitle(page, 'Nosferatu');
  const trakt = await traktId(page, film.id);
  await simulator.actAs(username, '/scrobble/pause', { movie: { ids: { trakt } }, progress: 42 });
  await send(page, 'POST', '/api/trakt/sync');
  await expect.poll(async () => (await detail(page, film.id)).progress_percent, { timeout: 30_000 }).toBe(42);
  await page.goto('/');
  await expect(page.getByRole('main')).toContainText('Nosferatu');
  await send(page, 'DELETE', `/api/titles/${film.id}/progress`);
});
