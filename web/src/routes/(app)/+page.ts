import { titles } from '$lib/api';
import { earlyPicturePainted } from '$lib/early-picture';
import { heroImage, preloadBackdrop } from '$lib/library/hero';
import { prime } from '$lib/state/query.svelte';
import { session } from '$lib/state/session.svelte';
import type { PageLoad } from './$types';

/**
 * How long the page may stay away for its data: with it, it is built once instead of twice. And for the early picture: building
 * the page takes a slow device much longer than painting that.
 */
const PATIENCE_MS = 400;

export const load: PageLoad = async ({ parent }) => {
  // Whoever is not signed in is led away from here.
  await parent();
  if (!session.user) return;
  const home = prime('home', titles.getHome).then((data) => {
    const image = data?.hero && heroImage(data.hero);
    if (image) preloadBackdrop(image);
    return earlyPicturePainted();
  });
  await Promise.race([home, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
};
