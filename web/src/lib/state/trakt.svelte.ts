// The state of the user's Trakt connection, for the indicators on every page.
import { trakt, type TraktStatus } from '$lib/api';
import { live } from './live.svelte';

class TraktConnection {
  /** Null until the first response. */
  status = $state.raw<TraktStatus | null>(null);
  /** Whether the first request has succeeded or failed. */
  settled = $state(false);

  /** Keeps the status up to date. Returns a function that ends this. */
  follow(): () => void {
    const load = () =>
      void trakt
        .status()
        .then(
          (status) => (this.status = status),
          // Keep the last known status: the page itself shows that the server is unreachable.
          () => undefined
        )
        .then(() => (this.settled = true));
    load();
    const stops = [
      live.on('trakt', (status) => (this.status = status)),
      live.on('missed', load),
      live.onReconnect(load)
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}

export const connection = new TraktConnection();
