import { titles } from '$lib/api';
import { earlyPicturePainted } from '$lib/early-picture';
import { heroImage, preloadBackdrop } from '$lib/library/hero';
import { prime } from '$lib/state/query.svelte';
import { session } from '$lib/state/session.svelte';
import type { PageLoad } from './$types';

/**
 * Maximum time that the page waits for its data, so that it is built only once, and for the early image,
 * because building the page takes a slow device much longer than painting the image.
 */
const MAX_WAIT_MS = 400;

export const load: PageLoad = async ({ parent }) => {
  // The layout redirects users who are not signed in.
  await parent();
  if (!session.user) return;
  const home = prime('home', titles.getHome).then((data) => {
    const image = data?.hero && heroImage(data.hero);
    if (image) preloadBackdrop(image);
    return earlyPicturePainted();
  });
  await Promise.race([home, new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))]);
};
