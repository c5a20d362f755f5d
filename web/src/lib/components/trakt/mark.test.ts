import { expect, it } from 'vitest';
import type { TraktStatus } from '$lib/api';
import { traktMark } from './mark';

const connected: TraktStatus = { state: 'connected', message: '', queue: { pending: 0, failed: 0 } };

it.each<[Partial<TraktStatus>, string, string]>([
  [{}, 'good', 'connected'],
  [{ queue: { pending: 1, failed: 0 } }, 'warn', '1 change waiting'],
  [{ queue: { pending: 3, failed: 2 } }, 'bad', '2 changes rejected'],
  [{ reason: 'rate_limited' }, 'warn', 'not responding'],
  [{ state: 'unreachable', queue: { pending: 5, failed: 0 } }, 'warn', 'not responding'],
  [{ state: 'reconnect', queue: { pending: 5, failed: 0 } }, 'bad', 'reconnect'],
  [{ state: 'application_not_allowed' }, 'bad', 'not working'],
  [{ state: 'disconnected', queue: { pending: 5, failed: 0 } }, 'off', 'not connected'],
  [{ state: 'not_configured' }, 'off', 'not connected']
])('%j has the tone %s and the text %s', (change, tone, text) => {
  expect(traktMark({ ...connected, ...change })).toMatchObject({ tone, state: text });
});

it('is urgent only if the user has to act', () => {
  const urgent = (state: TraktStatus['state']) => traktMark({ ...connected, state }).urgent;
  expect(urgent('reconnect')).toBe(true);
  expect(urgent('unreachable')).toBe(false);
});
