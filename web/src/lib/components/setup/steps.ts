// The steps of setting a server up, in order.
import type { TraktState } from '$lib/api';

export const STEPS = ['folder', 'key', 'connect', 'ready'] as const;

export type Step = (typeof STEPS)[number];

/** Where to go on: what is done already is not asked again. */
export function firstStep(libraries: number, state: TraktState): Step {
  if (libraries === 0) return 'folder';
  if (state === 'not_configured') return 'key';
  return state === 'disconnected' ? 'connect' : 'ready';
}

/** The step after this one, without those that cannot be done or are done. */
export function nextStep(step: Step, state: TraktState): Step {
  switch (step) {
    case 'folder':
      return firstStep(1, state);
    case 'key':
      // Without an application there is nothing to connect with.
      return state === 'disconnected' ? 'connect' : 'ready';
    case 'connect':
    case 'ready':
      return 'ready';
  }
}
