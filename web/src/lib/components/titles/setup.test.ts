import { expect, it } from 'vitest';
import type { TraktState } from '$lib/api';
import { setupStep } from './setup';

it.each<[TraktState, boolean, string[], string | null]>([
  ['not_configured', true, [], 'key'],
  ['not_configured', false, [], null],
  ['not_configured', true, ['key'], null],
  ['disconnected', false, [], 'connect'],
  ['disconnected', true, ['key'], 'connect'],
  ['disconnected', true, ['connect'], null],
  ['reconnect', false, ['key', 'connect', 'reconnect'], 'reconnect'],
  ['connected', true, [], null],
  ['unreachable', true, [], null]
])('%s (administrator: %s, dismissed: %j) has the next step %s', (state, admin, dismissed, step) =>
  expect(setupStep(state, admin, dismissed)).toBe(step)
);
