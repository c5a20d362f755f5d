import { test as base } from '@playwright/test';
import { Server } from '../support/server';
import { expect } from '../support/test';

const PASSWORD = 'correct horse';

const test = base.extend<object, { fresh: Server }>({
  fresh: [
    async ({}, use) => {
      const server = await Server.start('serve');
      await use(server);
      await server.stop();
    },
    { scope: 'worker' }
  ],
  baseURL: async ({ fresh }, use) => use(fresh.url)
});

test('the first visit creates the administrator, who can sign out and in again', async ({ page }) => {
  await page.goto('/movies');
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Your name (optional)').fill('Ada Reel');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page.getByRole('heading', { name: 'Where are your movies and shows?' })).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('heading', { name: 'Set up Trakt' })).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('link', { name: 'Go to your library' }).click();
  await expect(page.getByRole('heading', { name: 'Your library is empty' })).toBeVisible();

  await page.getByRole('button', { name: 'Account: Ada Reel' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  await page.goto('/timeline');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftimeline$/);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/timeline$/);
  await expect(page.getByRole('heading', { name: 'Nothing watched yet' })).toBeVisible();

  await test.step('a second user can sign in but not open administration pages', async () => {
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('User name').fill('bo');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'bo' }).first()).toBeVisible();
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('User name').fill('bo');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Account: bo' })).toBeVisible();
    await page.goto('/settings/profile');
    await expect(page.getByRole('link', { name: 'Profile', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Libraries' })).toBeHidden();
  });
});
