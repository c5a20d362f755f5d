import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';
import { findTitle, send } from '../support/steps';

const PAGES = [
  '/',
  '/movies',
  '/shows',
  '/lists',
  '/collections',
  '/timeline',
  '/statistics',
  '/search?q=the',
  '/search?q=nothing-like-this',
  '/settings/profile',
  '/settings/libraries',
  '/settings/libraries?add',
  '/settings/matches',
  '/settings/people',
  '/settings/integrations/trakt',
  '/settings/integrations/trakt/log',
  '/settings/integrations/plex',
  '/settings/collections',
  '/settings/tools',
  '/settings/about'
];

async function violations(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    (each) => `${where}: ${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(' | ')}`
  );
}

for (const theme of ['dark', 'light'] as const) {
  test(`pages pass the WCAG AA checks in the ${theme} theme`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const movie = await findTitle(page, 'Nosferatu');
    await send(page, 'PATCH', '/api/me', { preferences: { theme } });
    const show = (await (await page.request.get('/api/titles?kind=show&limit=1')).json()) as {
      items: { id: number }[];
    };
    const season = `/title/${show.items[0]?.id}/season/1`;
    const { episodes } = (await (
      await page.request.get(`/api${season.replace('/title', '/titles').replace('/season/', '/seasons/')}`)
    ).json()) as {
      episodes: { id: number }[];
    };
    const titles = [movie.id, show.items[0]?.id, episodes[0]?.id].map((id) => `/title/${id}`);
    const found: string[] = [];
    for (const path of [...PAGES, ...titles, season]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.locator('div.skeleton')).toHaveCount(0);
      found.push(...(await violations(page, path)));
    }
    await page.goto('/movies');
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('checkbox').first().click();
    found.push(...(await violations(page, '/movies, selecting')));
    expect(found).toEqual([]);
    await send(page, 'PATCH', '/api/me', { preferences: { theme: 'dark' } });
  });
}
