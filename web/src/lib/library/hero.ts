// What Home shows large, and its picture.
import type { Home, Image, TitleCard } from '$lib/api';
import { imageUrl } from '$lib/format/image';

/** What to go on with; otherwise the newest film with a picture. */
export function heroOf(home: Home): TitleCard | undefined {
  return (
    home.continue_watching[0] ??
    home.up_next[0] ??
    home.recently_added.find((title) => title.kind === 'movie' && title.backdrop) ??
    home.recently_added[0]
  );
}

/** The picture behind a title. */
export const heroImage = (title: TitleCard): Image | null | undefined => title.backdrop ?? title.still;

const WIDTHS = [960, 1280, 1920, 2560, 3840];

/** Where a picture across the whole page comes from, in all its sizes. */
export function backdropSource(image: Image): { src: string; srcset: string; sizes: string } {
  const srcset = WIDTHS.map((width) => `${imageUrl(image.url, width)} ${width}w`).join(', ');
  return { src: imageUrl(image.url, 1280), srcset, sizes: '100vw' };
}

/** Fetches a picture before the page that shows it is there: once, it is cached then. */
export function preloadBackdrop(image: Image): void {
  const { src, srcset, sizes } = backdropSource(image);
  const known = [...document.head.querySelectorAll('link[rel="preload"]')];
  if (known.some((link) => link.getAttribute('href') === src)) return;
  const link = document.createElement('link');
  const attributes = {
    rel: 'preload',
    as: 'image',
    imagesrcset: srcset,
    imagesizes: sizes,
    fetchpriority: 'high'
  };
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
  link.setAttribute('href', src);
  document.head.append(link);
}
