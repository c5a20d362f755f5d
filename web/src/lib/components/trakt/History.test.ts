// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { FakeEventSource } from '$lib/testing/event-source';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TraktImport, TraktSyncCategory } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { invalidate } from '$lib/state/query.svelte';
import History from './History.svelte';

const undecided: TraktSyncCategory = {
  category: 'history',
  state: 'undecided',
  message: 'Your Trakt history has not been imported.',
  done: 0,
  requests: 0,
  held: 0
};
const preview: TraktImport = {
  counts: { movies: 452, episodes: 1287, plays: 1900, ratings: 23, watchlist: 12, dropped: 2, playback: 3 },
  add: 1739,
  push: 3,
  unmatched: 1,
  ratings: { add: 23, push: 1 },
  watchlist: { add: 12, push: 0 },
  dropped: { add: 2, push: 0 },
  collection: { add: 0, push: 40 },
  limits: [],
  warnings: []
};

let category = undecided;

beforeEach(() => {
  category = undecided;
  server.on('GET /api/trakt/sync', () => ({ body: { categories: [category] } }));
  server.on('GET /api/trakt/import', () => ({ body: preview }));
});

afterEach(() => {
  live.close();
  cleanup();
  invalidate('trakt-sync');
  invalidate('trakt-import');
});

it('shows what Trakt does not accept', async () => {
  category = { ...undecided, state: 'following' };
  const problem = {
    category: 'collection',
    code: 'account_limit',
    left: 2,
    message: 'Your account is full.'
  };
  server.on('GET /api/trakt/sync', { body: { categories: [category], problems: [problem] } });
  render(History);
  expect(await screen.findByText('Collection: 2 titles weren’t sent')).toBeTruthy();
  expect(screen.getByText('Your account is full.')).toBeTruthy();
});

function begins(): unknown[] {
  const bodies: unknown[] = [];
  server.on('POST /api/trakt/import', (body) => {
    bodies.push(body);
    category = {
      ...undecided,
      state: 'importing',
      message: 'Importing: 500 of 2000 plays.',
      done: 500,
      total: 2000
    };
    return { status: 202, body: { categories: [category] } };
  });
  return bodies;
}

it('previews an import without changing anything', async () => {
  render(History);
  expect(
    await screen.findByText(
      '452 watched movies · 1,287 watched episodes · 23 ratings · 12 items on your watchlist'
    )
  ).toBeTruthy();
  expect(screen.getByText('1,739 plays will be added to your timeline.')).toBeTruthy();
  expect(screen.getByText('3 plays watched here will be sent to Trakt.')).toBeTruthy();
  expect(screen.getByText('1 play can’t be sent, because its title isn’t matched.')).toBeTruthy();
  expect(server.requests).not.toContain('POST /api/trakt/import');
});

it('imports with a progress bar that follows live updates', async () => {
  const bodies = begins();
  render(History);
  live.open();
  await userEvent.click(await screen.findByRole('button', { name: 'Import history' }));
  expect(bodies).toEqual([{ import: true }]);
  const bar = () => screen.getByRole('progressbar', { name: 'Import progress' });
  await waitFor(() => expect(bar().getAttribute('aria-valuenow')).toBe('25'));
  FakeEventSource.latest.send('sync', { categories: [{ ...category, done: 1000 }] });
  await waitFor(() => expect(bar().getAttribute('aria-valuenow')).toBe('50'));
});

it('continues without an import only after confirmation', async () => {
  const bodies = begins();
  render(History);
  await userEvent.click(await screen.findByRole('button', { name: 'Don’t import' }));
  expect(bodies).toEqual([]);
  const dialog = await screen.findByRole('dialog', { name: 'Continue without importing?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Don’t import' }));
  await waitFor(() => expect(bodies).toEqual([{ import: false }]));
});

it('cancels an import', async () => {
  category = { ...undecided, state: 'importing', message: 'Importing.' };
  server.on('DELETE /api/trakt/import', () => {
    category = { ...undecided, state: 'cancelled', message: 'The import was cancelled.' };
    return { body: { categories: [category] } };
  });
  render(History);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel import' }));
  expect(await screen.findByText('The import was cancelled.')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Import history' })).toBeTruthy();
});

it('syncs on demand after the import', async () => {
  category = {
    ...undecided,
    state: 'following',
    message: 'In sync with Trakt.',
    last: new Date().toISOString()
  };
  server.on('POST /api/trakt/sync', () => ({ status: 202, body: { categories: [category] } }));
  render(History);
  await userEvent.click(await screen.findByRole('button', { name: 'Sync now' }));
  expect(server.requests).toContain('POST /api/trakt/sync');
  expect(screen.queryByRole('button', { name: 'Import history' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Import again' }));
  expect(await screen.findByRole('button', { name: 'Import history' })).toBeTruthy();
});

it('shows that removals wait for confirmation', async () => {
  category = { ...undecided, state: 'waiting', message: '40 plays are gone from Trakt.', held: 40 };
  render(History);
  expect(await screen.findByText('40 plays are gone from Trakt.')).toBeTruthy();
});

it('shows an error instead of an endless placeholder', async () => {
  server.on('GET /api/trakt/sync', { status: 500, body: errorBody('The state could not be read.') });
  render(History);
  expect((await screen.findByRole('alert')).textContent).toContain('The state could not be read.');
});

it('shows warnings before the import', async () => {
  const message = 'Trakt itself pulls plays from a Plex server of yours.';
  const warned = { ...preview, warnings: [{ code: 'plex_sync', message }] };
  server.on('GET /api/trakt/import', () => ({ body: warned }));
  render(History);
  expect(await screen.findByText(message)).toBeTruthy();
  expect(screen.getByText(/40 titles in your collection/)).toBeTruthy();
});
