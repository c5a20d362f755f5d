import { expect, test } from '../support/test';
import { ensureConnected, findTitle, send } from '../support/steps';

interface Detail {
  watched: boolean;
  plays: number;
}

test('a click marks as watched, a second one as unwatched, and that can be undone', async ({ page }) => {
  const movie = await findTitle(page, 'The Kid');
  const detail = async () => (await (await page.request.get(`/api/titles/${movie.id}`)).json()) as Detail;
  const before = (await detail()).plays;
  if (before > 0) await send(page, 'POST', '/api/plays/unmark', { title_ids: [movie.id] });
  await page.goto(`/title/${movie.id}`);
  await page.getByRole('button', { name: 'Mark as watched' }).click();
  await expect(page.getByText('Added to your timeline.')).toBeVisible();
  await page.getByRole('button', { name: 'Watched', exact: true }).click();
  await expect(page.getByText('Marked as unwatched. One play deleted.')).toBeVisible();
  await expect.poll(async () => (await detail()).plays).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText('Undone. Your plays are back.')).toBeVisible();
  await expect.poll(async () => (await detail()).plays).toBe(1);
  await send(page, 'POST', '/api/plays/unmark', { title_ids: [movie.id] });
});

test('episodes can be marked up to one, and a whole show as unwatched after confirmation', async ({
  page
}) => {
  await page.request.get('/api/session');
  const { items } = (await (await page.request.get('/api/titles?kind=show&limit=1')).json()) as {
    items: { id: number }[];
  };
  const show = items[0]?.id ?? 0;
  await send(page, 'POST', '/api/plays/unmark', { title_ids: [show] });
  await page.goto(`/title/${show}/season/1`);
  const third = page.getByRole('main').getByRole('listitem').nth(2);
  await third.getByRole('button', { name: /^More options for/ }).click();
  await page.getByRole('menuitem', { name: 'Watched up to here' }).click();
  await expect(page.getByText('3 plays added to your timeline.')).toBeVisible();
  await expect(third.getByRole('button', { name: /as unwatched$/ })).toBeVisible();

  await page.goto(`/title/${show}`);
  await page.getByRole('button', { name: 'More ways to mark it' }).click();
  await page.getByRole('menuitem', { name: 'Mark as unwatched' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Your 3 plays will be deleted');
  await dialog.getByRole('button', { name: 'Mark as unwatched' }).click();
  await expect(page.getByText('Marked as unwatched. 3 plays deleted.')).toBeVisible();
});

test('several titles are selected with the keyboard and marked together', async ({ page }) => {
  await page.goto('/movies?watched=no&sort=year');
  const grid = page.getByRole('list', { name: 'Movies' });
  await expect(grid.getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  const boxes = grid.getByRole('checkbox');
  await boxes.first().click();
  await boxes.nth(3).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Selected titles' });
  await expect(bar).toContainText('4 selected');
  await boxes.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(bar).toContainText('3 selected');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await grid.getByRole('link').first().focus();
  await page.keyboard.press('Control+a');
  const total = Number((await page.getByText(/^\d+ movies$/).innerText()).split(' ')[0]);
  await expect(bar).toContainText(`${total} selected`);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await boxes.first().click();
  await boxes.nth(1).click();
  await bar.getByRole('button', { name: 'Mark as watched' }).click();
  await expect(page.getByText('2 plays added to your timeline.')).toBeVisible();
  await expect(page.getByText(`${total - 2} movies`, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText(`${total} movies`, { exact: true })).toBeVisible();
});

test('no link of the demo leads to the real Trakt', async ({ page }) => {
  await ensureConnected(page);
  const movie = await findTitle(page, 'Nosferatu');
  for (const path of [
    `/title/${movie.id}`,
    '/settings/integrations/trakt',
    '/lists',
    '/collections',
    '/settings/about'
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect(page.locator('div.skeleton')).toHaveCount(0);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
    expect(
      links.filter((link) => /(^|\.)trakt\.tv$/.test(new URL(link).hostname)),
      path
    ).toEqual([]);
  }
});
