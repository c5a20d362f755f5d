import { expect, it } from 'vitest';
import type { TraktStatus } from '$lib/api';
import { traktMark } from './mark';

const connected: TraktStatus = { state: 'connected', message: '', queue: { pending: 0, failed: 0 } };

it.each<[Partial<TraktStatus>, string, string]>([
  [{}, 'good', 'Connected to Trakt'],
  [{ queue: { pending: 1, failed: 0 } }, 'warn', 'Trakt: 1 change waiting'],
  [{ queue: { pending: 3, failed: 2 } }, 'bad', 'Trakt: 2 changes rejected'],
  [{ reason: 'rate_limited' }, 'warn', 'Trakt: waiting for a response'],
  [{ state: 'unreachable', queue: { pending: 5, failed: 0 } }, 'warn', 'Trakt: waiting for a response'],
  [{ state: 'reconnect', queue: { pending: 5, failed: 0 } }, 'bad', 'Trakt: reconnect'],
  [{ state: 'application_not_allowed' }, 'bad', 'Trakt: not working'],
  [{ state: 'disconnected', queue: { pending: 5, failed: 0 } }, 'off', 'Trakt not connected'],
  [{ state: 'not_configured' }, 'off', 'Trakt not connected']
])('%j is %s: %s', (change, tone, label) => {
  expect(traktMark({ ...connected, ...change })).toMatchObject({ tone, label });
});

it('calls only for what the person has to do something about', () => {
  const urgent = (state: TraktStatus['state']) => traktMark({ ...connected, state }).urgent;
  expect(urgent('reconnect')).toBe(true);
  expect(urgent('unreachable')).toBe(false);
});
