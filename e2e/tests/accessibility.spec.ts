import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/test';
import { findTitle } from '../support/steps';

const PAGES = [
  '/',
  '/movies',
  '/shows',
  '/timeline',
  '/statistics',
  '/search?q=the',
  '/settings/profile',
  '/settings/libraries',
  '/settings/matches',
  '/settings/people',
  '/settings/integrations/trakt',
  '/settings/about'
];

for (const theme of ['dark', 'light'] as const) {
  test(`pages pass the checks of WCAG AA in ${theme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const movie = await findTitle(page, 'Nosferatu');
    await page.request.patch('/api/me', { data: { preferences: { theme } } });
    const show = (await (await page.request.get('/api/titles?kind=show&limit=1')).json()) as {
      items: { id: number }[];
    };
    for (const path of [...PAGES, `/title/${movie.id}`, `/title/${show.items[0]?.id}/season/1`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.locator('div.skeleton')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
        .analyze();
      expect(
        violations.map(
          (each) => `${path}: ${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(' | ')}`
        )
      ).toEqual([]);
    }
    await page.request.patch('/api/me', { data: { preferences: { theme: 'dark' } } });
  });
}
