// The state of the person's Trakt connection, for the marks that are in sight everywhere.
import { trakt, type TraktStatus } from '$lib/api';
import { live } from './live.svelte';

class TraktConnection {
  /** Null until it is known. */
  status = $state.raw<TraktStatus | null>(null);
  /** The first request has ended, in whatever way. */
  asked = $state(false);

  /** Keeps it up to date. Returns a function that ends it. */
  follow(): () => void {
    const load = () =>
      void trakt
        .status()
        .then(
          (status) => (this.status = status),
          // The mark keeps what it last knew: the page itself says when the server is away.
          () => undefined
        )
        .then(() => (this.asked = true));
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
