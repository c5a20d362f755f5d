// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import type { Home, Image, TitleCard } from '$lib/api';
import { backdropSource, heroImage, heroOf, preloadBackdrop } from './hero';

const title = (id: number, more: Partial<TitleCard> = {}) =>
  ({ id, kind: 'movie', name: `${id}`, ...more }) as TitleCard;
const home = (parts: Partial<Home>) =>
  ({ continue_watching: [], up_next: [], recently_added: [], ...parts }) as unknown as Home;
const image: Image = { url: '/api/images/1/backdrop?v=1' } as Image;

afterEach(() => document.head.replaceChildren());

it.each([
  [
    'what was begun',
    home({ continue_watching: [title(1)], up_next: [title(2)], recently_added: [title(3)] }),
    1
  ],
  ['what comes next', home({ up_next: [title(2)], recently_added: [title(3)] }), 2],
  ['the newest film with a picture', home({ recently_added: [title(3), title(4, { backdrop: image })] }), 4],
  ['the newest title', home({ recently_added: [title(3, { kind: 'show' })] }), 3],
  ['nothing', home({}), undefined]
])('shows %s', (_, shown, id) => {
  expect(heroOf(shown)?.id).toBe(id);
});

it('has the still where there is no backdrop', () => {
  expect(heroImage(title(1, { still: image }))).toBe(image);
});

it('preloads a picture once, in the sizes that the page asks for', () => {
  preloadBackdrop(image);
  preloadBackdrop(image);
  const links = document.head.querySelectorAll('link[rel="preload"][as="image"]');
  expect(links).toHaveLength(1);
  expect(links[0]?.getAttribute('imagesrcset')).toBe(backdropSource(image).srcset);
});
