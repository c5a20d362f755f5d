// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { FakeEventSource } from '$lib/testing/event-source';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TraktState, TraktStatus } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { connection } from '$lib/state/trakt.svelte';
import ReconnectBanner from './ReconnectBanner.svelte';

const NAME = 'Trakt disconnected — click to reconnect';

async function setState(state: TraktState) {
  connection.status = { state, message: '', queue: { pending: 0, failed: 0 } } as TraktStatus;
  await tick();
}

beforeEach(() => live.open());
afterEach(() => {
  live.close();
  connection.status = null;
});

it('is shown while the account has to be reconnected', async () => {
  render(ReconnectBanner);
  expect(screen.queryByRole('button'), 'before the state is known').toBeNull();
  for (const state of ['connected', 'disconnected', 'unreachable', 'locked'] as const) {
    await setState(state);
    expect(screen.queryByRole('button'), state).toBeNull();
  }
  await setState('reconnect');
  expect(screen.getByRole('button', { name: NAME })).toBeTruthy();
  await setState('connected');
  expect(screen.queryByRole('button')).toBeNull();
});

it('opens the dialog with the code to connect', async () => {
  server.on('POST /api/trakt/connect', {
    body: {
      state: 'pending',
      message: 'Waiting.',
      user_code: '5055CC52',
      verification_url: 'https://trakt.tv/activate',
      expires_at: new Date(Date.now() + 600_000).toISOString()
    }
  });
  render(ReconnectBanner);
  await setState('reconnect');
  await userEvent.click(screen.getByRole('button', { name: NAME }));
  expect((await screen.findByTestId('trakt-code')).textContent).toContain('5055 CC52');
  FakeEventSource.latest.send('connect', { state: 'approved', message: 'Connected.' });
  await setState('connected');
  expect(screen.queryByRole('button', { name: NAME })).toBeNull();
});
