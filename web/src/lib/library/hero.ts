// The large image behind a title.
import type { Image, TitleCard } from '$lib/api';
import { imageUrl, WIDTHS } from '$lib/format/image';
import { preload } from '$lib/preload';

/** The backdrop of a title, or its still. */
export const heroImage = (title: TitleCard): Image | null | undefined => title.backdrop ?? title.still;

const LARGE = WIDTHS.filter((width) => width >= 960);

/** The URLs of an image across the whole page, in all sizes. */
export function backdropSource(image: Image): { src: string; srcset: string; sizes: string } {
  const srcset = LARGE.map((width) => `${imageUrl(image.url, width)} ${width}w`).join(', ');
  return { src: imageUrl(image.url, 1280), srcset, sizes: '100vw' };
}

/** Loads the image of a page that is still being loaded. */
export function preloadBackdrop(image: Image): void {
  const { src, srcset, sizes } = backdropSource(image);
  preload(src, { as: 'image', imagesrcset: srcset, imagesizes: sizes, fetchpriority: 'high' });
}
