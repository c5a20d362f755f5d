/** The widths that are requested. Few of them, so that caches are effective. */
const STEPS = [120, 240, 360, 480, 720, 960, 1280, 1920, 2560, 3840];

/** The URL of an image at least this wide, in pixels. */
export function imageUrl(url: string, width: number): string {
  const step = STEPS.find((candidate) => candidate >= width) ?? 3840;
  return `${url}${url.includes('?') ? '&' : '?'}width=${step}`;
}
