// Two-way sync with Trakt: changes on either side reach the other, and large removals wait for confirmation and
// can be undone.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';
import {
  connectTrakt,
  detail,
  disconnectTrakt,
  findTitle,
  followTrakt,
  send,
  traktId,
  waitUntilPlaying
} from '../support/steps';

const SETTINGS = '/settings/integrations/trakt';
/** More than ten plays, and far more than 5% of the demo user's history, so that removals need confirmation. */
const MANY = 200;

test.beforeEach(() => test.slow());

test('ratings and their removal are synced both ways', async ({ page, simulator }) => {
  const username = await followTrakt(page);
  const film = await findTitle(page, 'Metropolis');
  const trakt = await traktId(page, film.id);
  const onTrakt = async () => {
    const ratings = await simulator.read<{ rating: number; movie: { ids: { trakt: number } } }>(
      username,
      '/sync/ratings/movies?limit=250'
    );
    return ratings.find((one) => one.movie.ids.trakt === trakt)?.rating;
  };
  await page.goto(`/title/${film.id}`);
  const stars = page.getByRole('slider', { name: /^Your rating of Metropolis/ });
  await stars.focus();
  await page.keyboard.press('8');
  await expect(stars).toHaveAttribute('aria-valuetext', '8 out of 10');
  await expect.poll(onTrakt, { timeout: 30_000 }).toBe(8);

  // Trakt stores whole seconds, and the later rating wins.
  const rated_at = new Date(Date.now() + 2_000).toISOString();
  await simulator.actAs(username, '/sync/ratings', {
    movies: [{ ids: { trakt }, rating: 6, rated_at }]
  });
  await send(page, 'POST', '/api/trakt/sync');
  await expect(stars).toHaveAttribute('aria-valuetext', '6 out of 10', { timeout: 30_000 });

  await page.getByRole('button', { name: 'Clear rating' }).click();
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated');
  await expect.poll(onTrakt, { timeout: 30_000 }).toBeUndefined();
});

test('the watchlist is synced both ways', async ({ page, simulator }) => {
  const username = await followTrakt(page);
  const film = await findTitle(page, 'Metropolis');
  const trakt = await traktId(page, film.id);
  const onTrakt = async () => {
    const items = await simulator.read<{ movie: { ids: { trakt: number } } }>(
      username,
      '/sync/watchlist/movies?limit=250'
    );
    return items.some((one) => one.movie.ids.trakt === trakt);
  };
  await page.goto(`/title/${film.id}`);
  const add = page.getByRole('button', { name: /^Add Metropolis .*to your watchlist$/ });
  const remove = page.getByRole('button', { name: /^Remove Metropolis .*from your watchlist$/ });
  await add.click();
  await expect(remove).toBeVisible();
  await expect.poll(onTrakt, { timeout: 30_000 }).toBe(true);

  const movies = [{ ids: { trakt } }];
  await simulator.actAs(username, '/sync/watchlist/remove', { movies });
  await send(page, 'POST', '/api/trakt/sync');
  await expect(add).toBeVisible({ timeout: 30_000 });

  await simulator.actAs(username, '/sync/watchlist', { movies });
  await send(page, 'POST', '/api/trakt/sync');
  await expect(remove).toBeVisible({ timeout: 30_000 });
  await remove.click();
  await expect.poll(onTrakt, { timeout: 30_000 }).toBe(false);
});

test('plays in incognito are never sent to Trakt', async ({ page, simulator }) => {
  const username = await followTrakt(page);
  await waitUntilSent(page);
  const before = await simulator.plays(username);
  const film = await findTitle(page, 'Metropolis');
  await page.goto('/');
  await page.getByRole('button', { name: 'Incognito' }).click();
  await page.goto(`/play/${film.id}?at=start`);
  await waitUntilPlaying(page);
  await page.keyboard.press('9');
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 40_000 });
  await send(page, 'POST', '/api/trakt/sync');
  await page.goto('/timeline');
  const row = page.getByRole('listitem').filter({ hasText: 'Metropolis' }).first();
  await expect(row).toContainText('Private');
  await waitUntilSent(page);
  expect(await simulator.plays(username)).toBe(before);
});

test('many removals on Trakt wait for confirmation, and confirmed removals can be undone', async ({
  page,
  simulator
}) => {
  const username = await followTrakt(page);
  const film = await findTitle(page, 'The Cabinet of Dr. Caligari');
  const trakt = await traktId(page, film.id);
  const day = (number: number) => new Date(Date.UTC(2015, 0, 1 + number, 20)).toISOString();
  await simulator.actAs(username, '/sync/history', {
    movies: Array.from({ length: MANY }, (_, number) => ({ ids: { trakt }, watched_at: day(number) }))
  });
  const localPlays = async () => {
    const all = (await (await page.request.get('/api/timeline/export?format=json')).json()) as unknown[];
    return all.length;
  };
  const before = await localPlays();
  await send(page, 'POST', '/api/trakt/sync');
  await expect.poll(localPlays, { timeout: 30_000 }).toBe(before + MANY);
  await waitUntilSent(page);

  await simulator.actAs(username, '/sync/history/remove', { movies: [{ ids: { trakt } }] });
  await send(page, 'POST', '/api/trakt/sync');
  await page.goto(SETTINGS);
  const plan = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: /^\d+ items would be removed$/ }) });
  await expect(plan).toBeVisible({ timeout: 30_000 });
  expect(await localPlays(), 'nothing is removed before the user has confirmed').toBe(before + MANY);
  await plan.getByRole('button', { name: 'View list' }).click();
  const list = page.getByRole('dialog');
  await expect(list.getByRole('listitem').first()).toContainText('The Cabinet of Dr. Caligari');
  await page.keyboard.press('Escape');
  await plan.getByRole('button', { name: 'Remove here too' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove here too' }).click();
  await expect.poll(localPlays, { timeout: 30_000 }).toBeLessThanOrEqual(before);
  await expect(plan).toBeHidden({ timeout: 30_000 });

  const [left, leftOnTrakt] = [await localPlays(), await simulator.plays(username)];
  await page.goto(`${SETTINGS}/log`);
  await page
    .getByRole('button', { name: /^Undo: The Cabinet of Dr. Caligari/ })
    .first()
    .click();
  await expect(page.getByText('Undone, here and on Trakt.')).toBeVisible();
  await expect.poll(() => simulator.plays(username), { timeout: 30_000 }).toBe(leftOnTrakt + 1);
  expect(await localPlays()).toBe(left + 1);
});

test('disconnecting keeps everything but the watchlist', async ({ page }) => {
  await followTrakt(page);
  const state = async () => {
    const plays = (await (await page.request.get('/api/timeline/export?format=json')).json()) as unknown[];
    const lists = (await (await page.request.get('/api/lists')).json()) as { kind: string }[];
    return { plays: plays.length, watchlists: lists.filter((list) => list.kind === 'watchlist').length };
  };
  const before = await state();
  expect(before.watchlists).toBe(1);
  await disconnectTrakt(page);
  expect(await state()).toEqual({ ...before, watchlists: 0 });
  await connectTrakt(page);
  await expect.poll(state).toEqual(before);
});

test('every page shows that Trakt has ended the connection, and allows reconnecting', async ({
  page,
  simulator
}) => {
  const username = await followTrakt(page);
  const film = await findTitle(page, 'Metropolis');
  await simulator.revoke(username);
  await send(page, 'POST', '/api/trakt/sync');
  const banner = page.getByRole('button', { name: 'Trakt disconnected — click to reconnect' });
  for (const path of ['/', '/movies', '/timeline', `/title/${film.id}`]) {
    await page.goto(path);
    await expect(banner).toBeVisible({ timeout: 30_000 });
  }
  await send(page, 'PUT', `/api/titles/${film.id}/rating`, { rating: 9 });
  await connectTrakt(page, () => banner.click());
  await expect(banner).toBeHidden();
  await waitUntilSent(page);
  const rated = await simulator.read<{ rating: number }>(username, '/sync/ratings/movies?limit=250');
  expect(
    rated.some((one) => one.rating === 9),
    'the queued rating was sent'
  ).toBe(true);
  await send(page, 'DELETE', `/api/titles/${film.id}/rating`);
  expect((await detail(page, film.id)).my_rating ?? null).toBeNull();
});

/** Waits until the queue of changes for Trakt is empty. */
async function waitUntilSent(page: Page): Promise<void> {
  const pending = async () =>
    ((await (await page.request.get('/api/trakt')).json()) as { queue: { pending: number } }).queue.pending;
  await expect.poll(pending, { timeout: 30_000 }).toBe(0);
}
