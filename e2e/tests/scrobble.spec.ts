import { expect, test } from '../support/test';
import { connectTrakt, dot, findTitle, waitUntilPlaying } from '../support/steps';

const MOVIE = 'Nosferatu';

test('play a file here and Trakt knows', async ({ page, simulator }) => {
  await test.step('the demo lands signed in', async () => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: /^Account:/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Recently added movies' })).toBeVisible();
  });

  await test.step('saved but not connected says what to do', async () => {
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
  await test.step('play, and the dot turns green', async () => {
    await page.goto(`/title/${movie.id}`);
    await page.getByRole('link', { name: 'Play', exact: true }).click();
    await waitUntilPlaying(page);
    await expect(dot(page)).toHaveAttribute('data-scrobble', 'scrobbling');
    await expect(dot(page)).toHaveAccessibleName(/Trakt: Scrobbling/);
  });

  await test.step('play to the end, and it counts', async () => {
    await page.keyboard.press('9');
    await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible({ timeout: 40_000 });
    await expect(dot(page)).toHaveAccessibleName(/Trakt: Watched/, { timeout: 20_000 });
  });

  await test.step('the play is in the timeline, and Trakt has it', async () => {
    await page.goto('/timeline');
    const row = page.getByRole('listitem').filter({ hasText: MOVIE }).first();
    await expect(row).toContainText('Played here');
    await expect(row.locator('[data-trakt="sent"]')).toBeVisible({ timeout: 20_000 });
  });

  await test.step('and in the simulator, once', async () => {
    await expect.poll(() => simulator.plays(username)).toBe(before + 1);
    await page.goto(simulator.profile(username));
    await expect(page.locator('#history')).toContainText(MOVIE);
  });
});
