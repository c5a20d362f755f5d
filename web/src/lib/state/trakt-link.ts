// Links to Trakt's pages. The demo's Trakt is simulated, and the real Trakt does not have its titles and people.
import { session } from './session.svelte';

/** The address of a page on trakt.tv; undefined in the demo, where no such link is shown. */
export function traktLink(address: string | null | undefined): string | undefined {
  return session.value?.server.demo ? undefined : (address ?? undefined);
}
