// Invalidates cached data when a live update makes it stale.
import { invalidate } from './query.svelte';
import { live } from './live.svelte';

/** Minimum interval between reloads of pages, because a scan changes the library many times per second. */
const THROTTLE_MS = 1_200;

/** Keeps pages up to date. Returns a function that ends this. */
export function followUpdates(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    live.on('library', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        invalidate(
          'home',
          'title',
          'about',
          'person',
          'list',
          'facets',
          'libraries',
          'matches',
          'problems',
          'search'
        );
      }, THROTTLE_MS);
    }),
    live.on('play', () => invalidate('home', 'title', 'list', 'timeline', 'statistics')),
    live.on('plays', () => invalidate('home', 'title', 'list', 'timeline', 'statistics')),
    live.on('preferences', () => invalidate('home', 'title', 'list')),
    live.on('collections', () => invalidate('collection', 'title')),
    live.on('lists', () => invalidate('list')),
    live.on('sync', () => invalidate('home', 'title', 'list', 'timeline', 'statistics'))
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
