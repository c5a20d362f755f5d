// What a live update makes stale.
import { invalidate } from './query.svelte';
import { live } from './live.svelte';

/** A scan changes the library many times a second: pages follow at this pace. */
const PACE_MS = 1_200;

/** Keeps pages fresh while the app is open. Gives the way to stop. */
export function followUpdates(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    live.on('library', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        invalidate('home', 'title', 'facets', 'libraries', 'matches', 'problems', 'search');
      }, PACE_MS);
    }),
    live.on('play', () => invalidate('home', 'title', 'timeline'))
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
