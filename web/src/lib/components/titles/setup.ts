// The next step of setting up Trakt.
import type { TraktState } from '$lib/api';

export type SetupStep = 'key' | 'connect' | 'reconnect';

/** Null if nothing is left to do or the user dismissed the step. A broken connection cannot be dismissed. */
export function setupStep(state: TraktState, admin: boolean, dismissed: readonly string[]): SetupStep | null {
  if (state === 'reconnect') return 'reconnect';
  const step =
    state === 'not_configured' ? (admin ? 'key' : null) : state === 'disconnected' ? 'connect' : null;
  return step && dismissed.includes(step) ? null : step;
}
