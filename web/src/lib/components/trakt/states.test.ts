import { describe, expect, it } from 'vitest';
import type { TraktStatus } from '$lib/api';
import { timeOfDay } from '$lib/format/time';
import { connectionState, ending, queueSummary, spacedCode, waitText } from './states';

const status = (state: TraktStatus['state']): TraktStatus => ({
  state,
  message: 'The server’s message.',
  queue: { pending: 0, failed: 0 }
});

describe('the state of a connection', () => {
  it('has different instructions for administrators and other users', () => {
    const admin = connectionState(status('not_configured'), true);
    const member = connectionState(status('not_configured'), false);
    expect(admin.title).toBe(member.title);
    expect(admin.text).toContain('Enter one below');
    expect(member.text).toContain('Ask your administrator');
  });

  it('offers to connect only if that helps', () => {
    const offered = (['disconnected', 'reconnect', 'locked', 'unreachable', 'connected'] as const).filter(
      (state) => connectionState(status(state), true).connect
    );
    expect(offered).toEqual(['disconnected', 'reconnect']);
    expect(connectionState(status('disconnected'), true).title).toBe('Not connected to Trakt');
  });

  it('explains a temporary problem, with the time of the next attempt in the user’s time zone', () => {
    const retry_at = '2026-11-21T20:50:00Z';
    const limited = connectionState({ ...status('connected'), reason: 'rate_limited', retry_at }, true);
    expect(limited.title).toBe('Waiting for Trakt');
    expect(limited.text).toContain(`slow down until ${timeOfDay(retry_at)}`);
    const blocked = connectionState({ ...status('unreachable'), reason: 'edge_blocked' }, false);
    expect(blocked.text).toContain('blocking this server’s address. What');
    const readonly = connectionState({ ...status('connected'), reason: 'store_not_writable' }, true);
    expect(readonly.text).toContain('can’t write to its database');
    expect(connectionState(status('connected'), true).tone).toBe('good');
  });
});

it('has no result while the code is valid', () => {
  expect(ending('pending')).toBeNull();
});

it('offers a new code only if it can help', () => {
  expect(ending('expired')?.retry).toBe('Get a new code');
  expect(ending('denied')?.retry).toBeDefined();
  expect(ending('idle')?.retry, 'the server was restarted and forgot the code').toBeDefined();
  expect(ending('wrong_secret')).toMatchObject({ title: 'Wrong Client Secret' });
  expect(ending('wrong_secret')?.retry).toBeUndefined();
});

it('splits a code into two groups', () => {
  expect(spacedCode('5055CC52')).toBe('5055 CC52');
  expect(spacedCode('ABC')).toBe('ABC');
});

it('mentions only states with items in the queue', () => {
  expect(queueSummary({ pending: 0, failed: 1 })).toMatch(/^1 change rejected/);
  expect(queueSummary({ pending: 2, failed: 0 })).toMatch(/^2 changes waiting/);
  expect(queueSummary({ pending: 2, failed: 0 })).not.toContain('rejected');
});

it.each([
  ['rate_limited', '21:50', 'Trakt asked to slow down until 21:50. What you watch will sync later.'],
  ['rate_limited', null, 'Trakt asked to slow down. What you watch will sync later.'],
  ['not_found', '21:50', null]
])('explains why %s waits until %s', (code, time, text) => expect(waitText(code, time)).toBe(text));
