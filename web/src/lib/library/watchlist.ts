// Adds titles to the watchlist and removes them.
import { titles, type TitleCard } from '$lib/api';
import { m } from '$lib/messages/ratings';
import { invalidate } from '$lib/state/query.svelte';
import { attempt } from '$lib/state/toasts.svelte';

/** Returns whether it succeeded. Pages that show the title are reloaded. */
export async function toggleWatchlist(title: Pick<TitleCard, 'id' | 'in_watchlist'>): Promise<boolean> {
  const done = title.in_watchlist
    ? await attempt(() => titles.removeFromWatchlist(title.id), m.removed)
    : await attempt(() => titles.addToWatchlist(title.id), m.added);
  if (done) invalidate('home', 'title', 'list');
  return done;
}
