import { expect, it } from 'vitest';
import type { TraktState } from '$lib/api';
import { firstStep, nextStep, type Step } from './steps';

it.each<[number, TraktState, Step]>([
  [0, 'not_configured', 'folder'],
  [0, 'connected', 'folder'],
  [1, 'not_configured', 'key'],
  [1, 'disconnected', 'connect'],
  [2, 'connected', 'ready'],
  [1, 'unreachable', 'ready']
])('setup with %d libraries and Trakt %s starts with step %s', (libraries, state, step) =>
  expect(firstStep(libraries, state)).toBe(step)
);

it.each<[Step, TraktState, Step]>([
  ['folder', 'not_configured', 'key'],
  ['folder', 'disconnected', 'connect'],
  ['folder', 'connected', 'ready'],
  ['key', 'not_configured', 'ready'],
  ['key', 'disconnected', 'connect'],
  ['connect', 'connected', 'ready'],
  ['connect', 'disconnected', 'ready']
])('step %s with Trakt %s is followed by %s', (step, state, next) =>
  expect(nextStep(step, state)).toBe(next)
);
