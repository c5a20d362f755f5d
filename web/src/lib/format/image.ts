/** The widths in pixels in which the server provides images; it rounds other widths up. */
export const WIDTHS = [120, 200, 320, 480, 640, 960, 1280, 1920, 2560];

/** How much larger the interface is on very wide screens: see the root's font size in `app.css`. */
const SCALES = [
  { from: 3200, scale: 1.5 },
  { from: 2200, scale: 1.16 }
];

const step = (width: number) => WIDTHS.find((candidate) => candidate >= width) ?? 2560;

/** The URL of an image at least this wide, in pixels. */
export function imageUrl(url: string, width: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}width=${step(width)}`;
}

/** An image's URLs for an `img` that is this wide in CSS pixels, except on very wide screens. */
export function imageSource(url: string, width: number): { src: string; srcset: string; sizes: string } {
  const [least, most] = [step(width), step(width * 2)];
  const srcset = WIDTHS.filter((candidate) => candidate >= least && candidate <= most)
    .map((candidate) => `${imageUrl(url, candidate)} ${candidate}w`)
    .join(', ');
  const wide = SCALES.map(({ from, scale }) => `(min-width: ${from}px) ${Math.ceil(width * scale)}px`);
  return { src: imageUrl(url, width), srcset, sizes: [...wide, `${width}px`].join(', ') };
}
