import { titles } from '$lib/api';
import { heroImage, heroOf, preloadBackdrop } from '$lib/library/hero';
import { prime } from '$lib/state/query.svelte';
import { session } from '$lib/state/session.svelte';
import type { PageLoad } from './$types';

/** How long the page may stay away for its data: with it, it is built once instead of twice. */
const PATIENCE_MS = 200;

export const load: PageLoad = async ({ parent }) => {
  // Whoever is not signed in is led away from here.
  await parent();
  if (!session.user) return;
  const home = prime('home', titles.getHome).then((data) => {
    const hero = data && heroOf(data);
    const image = hero && heroImage(hero);
    if (image) preloadBackdrop(image);
  });
  await Promise.race([home, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
};
