import type { APIRequestContext } from '@playwright/test';
import { expect, test } from '../support/test';
import { ensureConnected } from '../support/steps';

test('the history on Trakt is imported, and new plays and changed times are synced', async ({
  page,
  simulator
}) => {
  test.slow();
  const username = await ensureConnected(page);
  const watched = [await traktId(page.request, 'The Kid'), await traktId(page.request, 'Metropolis')];
  await simulator.actAs(username, '/sync/history', {
    movies: watched.map((trakt) => ({ ids: { trakt }, watched_at: '2020-06-07T20:15:00Z' }))
  });
  await page.goto('/settings/integrations/trakt');
  const history = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Watch history' }) });

  const added = await test.step('the preview shows what an import would add', async () => {
    if (await history.getByRole('button', { name: 'Import again' }).isVisible())
      await history.getByRole('button', { name: 'Import again' }).click();
    await expect(history.getByText('On Trakt')).toBeVisible();
    const preview = (await (await page.request.get('/api/trakt/import')).json()) as { add: number };
    expect(preview.add).toBeGreaterThan(0);
    await expect(history).toContainText(`${preview.add.toLocaleString('en-GB')} play`);
    return preview.add;
  });

  await test.step('the import adds exactly that', async () => {
    const before = await plays(page.request);
    await history.getByRole('button', { name: 'Import history' }).click();
    await expect(page.getByText(/^Last synced/)).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => plays(page.request), { timeout: 30_000 }).toBe(before + added);
  });

  const general = await traktId(page.request, 'The General');
  await test.step('another device adds a play, and “Sync now” fetches it', async () => {
    await simulator.actAs(username, '/sync/history', {
      movies: [{ ids: { trakt: general }, watched_at: '2021-02-03T20:15:00Z' }]
    });
    await history.getByRole('button', { name: 'Sync now' }).click();
    await expect(async () => {
      await page.goto('/timeline');
      await page.getByRole('textbox', { name: 'Filter by title' }).fill('The General');
      await expect(page.getByRole('heading', { name: 'Wednesday 3 February 2021' })).toBeVisible({
        timeout: 3_000
      });
    }).toPass({ timeout: 30_000 });
    const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'The General' }).last();
    await expect(row).toContainText('From Trakt');
    await expect(row.locator('[data-trakt="sent"]')).toBeVisible();
  });

  await test.step('a changed time is also changed on Trakt, without a second play', async () => {
    // Since the import, earlier local plays are being sent.
    await expect.poll(() => pending(page.request), { timeout: 30_000 }).toBe(0);
    const before = await simulator.plays(username);
    const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'The General' }).last();
    await row.hover();
    await row.getByRole('button', { name: /^Change the time of/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('and on Trakt');
    await dialog.getByLabel('When did you watch it?').fill('2021-02-05T20:15');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Friday 5 February 2021' })).toBeVisible();
    const times = () => simulator.times(username, general);
    await expect.poll(times, { timeout: 30_000 }).toContainEqual(expect.stringMatching(/^2021-02-05T/));
    await expect.poll(times).not.toContainEqual(expect.stringMatching(/^2021-02-03T/));
    await expect.poll(() => simulator.plays(username)).toBe(before);
  });
});

async function plays(request: APIRequestContext): Promise<number> {
  const all = (await (await request.get('/api/timeline/export?format=json')).json()) as unknown[];
  return all.length;
}

/** Returns the Trakt ID of a movie in the library. */
async function traktId(request: APIRequestContext, name: string): Promise<number> {
  const found = (await (await request.get(`/api/search?q=${encodeURIComponent(name)}&limit=5`)).json()) as {
    movies: { id: number; name: string }[];
  };
  const movie = found.movies.find((each) => each.name === name);
  const detail = (await (await request.get(`/api/titles/${movie?.id}`)).json()) as {
    ids: { trakt?: number };
  };
  expect(detail.ids.trakt, `“${name}” is matched`).toBeDefined();
  return detail.ids.trakt ?? 0;
}

async function pending(request: APIRequestContext): Promise<number> {
  const status = (await (await request.get('/api/trakt')).json()) as { queue: { pending: number } };
  return status.queue.pending;
}
