// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import type { Image, TitleCard } from '$lib/api';
import { backdropSource, heroImage, preloadBackdrop } from './hero';

const title = (id: number, more: Partial<TitleCard> = {}) =>
  ({ id, kind: 'movie', name: `${id}`, ...more }) as TitleCard;
const image: Image = { url: '/api/images/1/backdrop?v=1' } as Image;

afterEach(() => document.head.replaceChildren());

it('uses the still if there is no backdrop', () => {
  expect(heroImage(title(1, { still: image }))).toBe(image);
});

it('preloads an image once, in the sizes that the page uses', () => {
  preloadBackdrop(image);
  preloadBackdrop(image);
  const links = document.head.querySelectorAll('link[rel="preload"][as="image"]');
  expect(links).toHaveLength(1);
  expect(links[0]?.getAttribute('imagesrcset')).toBe(backdropSource(image).srcset);
});
