import { expect, test } from '../support/test';
import { connectTrakt, dot, findTitle, waitUntilPlaying } from '../support/steps';

const MOVIE = 'Nosferatu';

test('playing a file is scrobbled to Trakt', async ({ page, simulator }) => {
  await test.step('the demo signs in automatically', async () => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: /^Account:/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Recently added movies' })).toBeVisible();
  });

  await test.step('the settings show that the account is not connected', async () => {
    await page.goto('/settings/integrations/trakt');
    await expect(page.getByText('Not connected to Trakt', { exact: true })).toBeVisible();
  });

  let username = '';
  await test.step('connect with the code on the activation page', async () => {
    await connectTrakt(page);
    await expect(page.getByText(/^since /)).toBeVisible();
    const status = (await (await page.request.get('/api/trakt')).json()) as { username: string };
    username = status.username;
  });
  const before = await simulator.plays(username);

  const movie = await findTitle(page, MOVIE);
  await test.step('play, and the scrobble indicator shows that it is scrobbling', async () => {
    await page.goto(`/title/${movie.id}`);
    await page.getByRole('link', { name: 'Play', exact: true }).click();
    await waitUntilPlaying(page);
    await expect(dot(page)).toHaveAttribute('data-scrobble', 'scrobbling');
    await expect(dot(page)).toHaveAccessibleName(/Trakt: Scrobbling/);
  });

  await test.step('play to the end, and it counts as watched', async () => {
    await page.keyboard.press('9');
    await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 40_000 });
    await expect(dot(page)).toHaveAccessibleName(/Trakt: Watched/, { timeout: 20_000 });
  });

  await test.step('the play is in the timeline, marked as sent', async () => {
    await page.goto('/timeline');
    const row = page.getByRole('listitem').filter({ hasText: MOVIE }).first();
    await expect(row).toContainText('Played here');
    await expect(row.locator('[data-trakt="sent"]')).toBeVisible({ timeout: 20_000 });
  });

  await test.step('Trakt has exactly one new play', async () => {
    await expect.poll(() => simulator.plays(username)).toBe(before + 1);
    await page.goto(simulator.profile(username));
    await expect(page.locator('#history')).toContainText(MOVIE);
  });
});
