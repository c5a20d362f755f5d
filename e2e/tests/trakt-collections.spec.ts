import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/test';
import { ensureConnected, findTitle } from '../support/steps';

/** Films of the demo library. The list on Trakt contains them at first and is emptied later. */
const FILMS = ['The Kid', 'Metropolis', 'The General', 'Nosferatu'];

test('a registered file creates a collection, and removing all its titles waits for confirmation', async ({
  page,
  demo,
  simulator
}) => {
  test.slow();
  const username = await ensureConnected(page);
  const ids: number[] = [];
  for (const film of FILMS) {
    const { id } = await findTitle(page, film);
    const title = (await (await page.request.get(`/api/titles/${id}`)).json()) as { ids: { trakt: number } };
    ids.push(title.ids.trakt);
  }
  const movies = ids.map((trakt) => ({ ids: { trakt } }));
  await simulator.actAs(username, '/users/me/lists', { name: 'Silent', privacy: 'public' });
  await simulator.actAs(username, '/users/me/lists/silent/items', { movies });
  const { client_id } = (await (await page.request.get('/api/trakt/application')).json()) as {
    client_id: string;
  };
  const config = join(demo.data, 'config.yml');
  await writeFile(
    config,
    `trakt:\n  client_id: ${client_id}\nlibraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n`
  );
  await writeFile(
    join(demo.data, 'movies.yml'),
    `collections:\n  Silent Nights:\n    trakt_list: https://trakt.tv/users/${username}/lists/silent\n    sync_mode: sync\n    collection_order: custom\n`
  );

  await test.step('register the file and run it', async () => {
    await page.goto('/settings/collections');
    await page.getByRole('button', { name: 'Register a file' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Path of config.yml').fill(config);
    await dialog.getByRole('button', { name: 'Register a file' }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Run now' }).click();
    await expect(page.getByText('1 collection', { exact: false }).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the collection page shows the titles in the order of the list', async () => {
    await page.goto('/collections');
    await page.getByRole('link', { name: /Silent Nights/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Silent Nights' })).toBeVisible();
    const cards = page.getByRole('list', { name: 'Silent Nights' }).getByRole('listitem');
    await expect(cards).toHaveCount(FILMS.length);
    await expect(cards.first()).toContainText('The Kid');
    await cards.first().getByRole('link').first().click();
    await expect(page.getByRole('link', { name: 'Silent Nights' })).toBeVisible();
  });

  await test.step('the collection is emptied like the list only after confirmation', async () => {
    await simulator.actAs(username, '/users/me/lists/silent/items/remove', { movies });
    await page.goto('/settings/collections');
    await page.getByRole('button', { name: 'Run now' }).click();
    await expect(page.getByRole('heading', { name: 'Remove titles from “Silent Nights”?' })).toBeVisible({
      timeout: 30_000
    });
    await page.getByRole('button', { name: 'Remove the titles from Silent Nights' }).click();
    await expect(page.getByRole('heading', { name: 'Waiting for you' })).toBeHidden({ timeout: 30_000 });
    await page.goto('/collections');
    await page.getByRole('link', { name: /Silent Nights/ }).click();
    await expect(page.getByRole('heading', { name: 'This collection is empty' })).toBeVisible();
  });
});
