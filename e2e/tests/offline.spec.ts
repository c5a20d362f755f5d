import { expect, test } from '../support/test';

test.use({ expectedErrors: async ({}, use) => use([/ERR_CONNECTION_REFUSED/, /ERR_FAILED/]) });

test('the interface opens while the server is unreachable, says so, and recovers afterwards', async ({
  page,
  demo
}) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await demo.end();
  await page.goto('/movies');
  await expect(page.getByRole('heading', { name: 'Can’t reach Kinometa' })).toBeVisible();
  await demo.restart();
  await expect(page.getByRole('heading', { name: 'Movies' })).toBeVisible({ timeout: 20_000 });
});

test('the interface can be installed', async ({ page }) => {
  await page.goto('/');
  const manifest = await page.request.get('/manifest.webmanifest');
  expect(manifest.headers()['content-type']).toContain('manifest+json');
  const { icons, display } = (await manifest.json()) as {
    icons: { src: string; type: string }[];
    display: string;
  };
  expect(display).toBe('standalone');
  for (const icon of icons) {
    const answer = await page.request.get(icon.src);
    expect(answer.headers()['content-type'], icon.src).toBe(icon.type);
  }
});
