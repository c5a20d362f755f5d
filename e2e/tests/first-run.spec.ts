import type { Locator, Page } from '@playwright/test';
import { APPLICATION, WITHOUT_POSTER, WITH_POSTER, test } from '../support/first-run';
import { approveOnTrakt } from '../support/steps';
import { expect } from '../support/test';

test('with a Trakt key, the first run ends with posters and a connected account', async ({ page, media }) => {
  test.slow();
  await createAdministrator(page);
  await chooseMovies(page, media);

  await test.step('the setup explains how to register a Trakt application, and saves its key', async () => {
    await expect(page.getByRole('heading', { name: 'Set up Trakt' })).toBeVisible();
    await expect(page.getByText('3 movies')).toBeVisible();
    await expect(page.getByText(/lets only VIP members register/)).toBeVisible();
    await expect(page.getByText('urn:ietf:wg:oauth:2.0:oob')).toBeVisible();
    await page.getByLabel('Client ID').fill(APPLICATION.id);
    await page.getByLabel('Client Secret', { exact: true }).fill(APPLICATION.secret);
    await page.getByRole('button', { name: 'Check and save' }).click();
  });

  await test.step('the account is connected with a code, on another device', async () => {
    await expect(page.getByRole('heading', { name: 'Connect your Trakt account' })).toBeVisible();
    await page.getByRole('button', { name: 'Connect Trakt' }).click();
    await approveOnTrakt(page);
  });

  await test.step('artwork appears while the library is being identified', async () => {
    await expect(page.getByRole('heading', { name: 'Your library is on its way' })).toBeVisible();
    await expectImage(page.getByRole('listitem').first());
    await expect(page.getByRole('listitem').locator('img')).toHaveCount(3, {
      timeout: 30_000
    });
  });

  await test.step('Home shows the library, with nothing left to set up', async () => {
    await page.getByRole('link', { name: 'Go to your library' }).click();
    await expect(page.getByRole('region', { name: 'Recently added movies' })).toContainText(WITHOUT_POSTER);
    await expect(page.getByRole('link', { name: 'Trakt: connected' })).toBeVisible();
    await expect(setupCard(page)).toBeHidden();
    await page.goto('/movies');
    await expectImage(card(page, WITHOUT_POSTER));
    await expect(missingKey(page)).toBeHidden();
  });
});

test('without a Trakt key, the library still has posters and images', async ({ page, media }) => {
  test.slow();
  await createAdministrator(page);
  await chooseMovies(page, media);
  await expect(page.getByRole('heading', { name: 'Set up Trakt' })).toBeVisible();
  await expect(page.getByText('3 movies')).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('heading', { name: 'Your library is on its way' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your library' }).click();

  await test.step('posters are the image next to the file, or the title in large type', async () => {
    await page.goto('/movies');
    await expectImage(card(page, WITH_POSTER));
    const lettered = card(page, WITHOUT_POSTER);
    await expect(lettered.getByText(WITHOUT_POSTER).first()).toBeVisible();
    await expect(lettered.locator('img')).toHaveCount(0);
  });

  await test.step('the page of a movie shows a frame of it', async () => {
    await card(page, WITHOUT_POSTER).click();
    await expect(page.getByRole('heading', { name: WITHOUT_POSTER, level: 1 })).toBeVisible();
    await expectImage(page.getByRole('main'));
  });

  await test.step('one line explains what a key would add', async () => {
    for (const path of ['/movies', '/shows', '/settings/matches']) {
      await page.goto(path);
      await expect(missingKey(page)).toBeVisible();
      await expect(page.getByRole('main').getByRole('link', { name: 'Set up Trakt' })).toBeVisible();
    }
  });

  await test.step('the skipped setup step stays on Home until it is dismissed', async () => {
    await page.goto('/');
    await expect(setupCard(page)).toBeVisible();
    await page.reload();
    await expect(setupCard(page)).toBeVisible();
    const saved = page.waitForResponse((answer) => answer.request().method() !== 'GET' && answer.ok());
    await setupCard(page).getByRole('button', { name: 'Dismiss this step' }).click();
    await expect(setupCard(page)).toBeHidden();
    await saved;
    await page.reload();
    await expect(page.getByRole('region', { name: 'Recently added movies' })).toBeVisible();
    await expect(setupCard(page)).toBeHidden();
  });
});

async function createAdministrator(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Create administrator' }).click();
}

/** Chooses the folder by browsing the server's folders. */
async function chooseMovies(page: Page, media: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Where are your movies and shows?' })).toBeVisible();
  const folder = page.getByLabel('Folder on the server');
  await folder.fill(media);
  await folder.press('Tab');
  await page
    .getByRole('list', { name: `Folders in ${media}` })
    .getByRole('button', { name: 'Movies' })
    .click();
  await expect(folder).toHaveValue(`${media}/Movies`);
  await page.getByRole('button', { name: 'Add and scan' }).click();
}

function card(page: Page, name: string): Locator {
  return page.getByRole('main').locator('article').filter({ hasText: name }).getByRole('link').first();
}

function setupCard(page: Page): Locator {
  return page.getByRole('region', { name: 'Set up Trakt for posters, descriptions and sync' });
}

function missingKey(page: Page): Locator {
  return page.getByText('With a Trakt API application, this library gets posters');
}

/** Checks that an image has loaded: it is neither missing nor broken. */
async function expectImage(place: Locator): Promise<void> {
  const image = place.locator('img').first();
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth), { timeout: 30_000 })
    .toBeGreaterThan(1);
}
