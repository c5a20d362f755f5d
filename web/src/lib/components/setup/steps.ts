// The steps of the first setup of a server, in order.
import type { TraktState } from '$lib/api';

export const STEPS = ['folder', 'key', 'connect', 'ready'] as const;

export type Step = (typeof STEPS)[number];

/** The step at which setup continues: completed steps are skipped. */
export function firstStep(libraries: number, state: TraktState): Step {
  if (libraries === 0) return 'folder';
  if (state === 'not_configured') return 'key';
  return state === 'disconnected' ? 'connect' : 'ready';
}

/** The step after this one, skipping steps that are done or not possible. */
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
