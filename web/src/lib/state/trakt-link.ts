// Links to Trakt's own pages. In the demo, Trakt is simulated: its titles and people are not on the real one.
import { session } from './session.svelte';

/** The address of a page on trakt.tv; undefined in the demo, where no such link is shown. */
export function traktLink(address: string | null | undefined): string | undefined {
  return session.value?.server.demo ? undefined : (address ?? undefined);
}
