// The step of setting up Trakt that comes next.
import type { TraktState } from '$lib/api';

export type SetupStep = 'key' | 'connect' | 'reconnect';

/** Null when nothing is left to do, or when the person dismissed it. What broke cannot be dismissed. */
export function setupStep(state: TraktState, admin: boolean, dismissed: readonly string[]): SetupStep | null {
  if (state === 'reconnect') return 'reconnect';
  const step =
    state === 'not_configured' ? (admin ? 'key' : null) : state === 'disconnected' ? 'connect' : null;
  return step && dismissed.includes(step) ? null : step;
}
