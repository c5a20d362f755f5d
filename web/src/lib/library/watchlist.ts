// Puts titles on the watchlist and takes them off it.
import { titles, type TitleCard } from '$lib/api';
import { m } from '$lib/messages/ratings';
import { invalidate } from '$lib/state/query.svelte';
import { attempt } from '$lib/state/toasts.svelte';

/** True when it succeeded. Pages that show the title load it again. */
export async function toggleWatchlist(title: Pick<TitleCard, 'id' | 'in_watchlist'>): Promise<boolean> {
  const done = title.in_watchlist
    ? await attempt(() => titles.removeFromWatchlist(title.id), m.removed)
    : await attempt(() => titles.addToWatchlist(title.id), m.added);
  if (done) invalidate('home', 'title', 'list');
  return done;
}
