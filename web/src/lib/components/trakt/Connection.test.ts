// @vitest-environment jsdom
import { FakeEventSource } from '$lib/testing/event-source';
import { server } from '$lib/testing/server';
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import type { TraktStatus, TraktSync } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { invalidate } from '$lib/state/query.svelte';
import Connection from './Connection.svelte';

const status: TraktStatus = {
  state: 'connected',
  message: 'Connected.',
  username: 'demo',
  queue: { pending: 0, failed: 0 }
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

function following(requests: TraktSync['requests']): TraktSync {
  const category = {
    category: 'history' as const,
    state: 'following' as const,
    message: 'In sync with Trakt.',
    last: inMinutes(-2),
    next: inMinutes(3),
    done: 0,
    requests: 1,
    held: 0
  };
  return { categories: [category], problems: [], requests };
}

function show(sync: TraktSync) {
  server.on('GET /api/trakt/sync', () => ({ body: sync }));
  render(Connection, { status, connect: () => {}, changed: () => Promise.resolve() });
}

afterEach(() => {
  live.close();
  cleanup();
  invalidate('trakt-sync');
});

it('shows the used requests as text, and updates them live', async () => {
  show(following({ used: 37, limit: 500, resets_at: inMinutes(3) }));
  expect(
    await screen.findByText(
      'Last synced 2 minutes ago · next in 3 minutes · 37 of 500 requests used, resets in 3 minutes'
    )
  ).toBeTruthy();
  live.open();
  FakeEventSource.latest.send('sync', following({ used: 38, limit: 500, resets_at: inMinutes(3) }));
  expect(await screen.findByText(/38 of 500 requests used/)).toBeTruthy();
});

it('shows no reset time while no requests are used', async () => {
  show(following({ used: 0, limit: 500 }));
  expect(await screen.findByText(/· 0 of 500 requests used$/)).toBeTruthy();
});
