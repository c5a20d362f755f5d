// The picture behind what a page shows large.
import type { Image, TitleCard } from '$lib/api';
import { imageUrl, WIDTHS } from '$lib/format/image';
import { preload } from '$lib/preload';

/** The picture behind a title. */
export const heroImage = (title: TitleCard): Image | null | undefined => title.backdrop ?? title.still;

const LARGE = WIDTHS.filter((width) => width >= 960);

/** Where a picture across the whole page comes from, in all its sizes. */
export function backdropSource(image: Image): { src: string; srcset: string; sizes: string } {
  const srcset = LARGE.map((width) => `${imageUrl(image.url, width)} ${width}w`).join(', ');
  return { src: imageUrl(image.url, 1280), srcset, sizes: '100vw' };
}

/** Fetches the picture of a page that is still on its way. */
export function preloadBackdrop(image: Image): void {
  const { src, srcset, sizes } = backdropSource(image);
  preload(src, { as: 'image', imagesrcset: srcset, imagesizes: sizes, fetchpriority: 'high' });
}
