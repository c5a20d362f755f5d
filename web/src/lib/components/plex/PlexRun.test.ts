// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import type { PlexRun as Run } from '$lib/api';
import PlexRun from './PlexRun.svelte';

const collection = { library: 'Movies', name: 'Top', status: 'Unchanged', changes: [], errors: [] };
const run: Run = {
  at: '2026-11-29T03:00:00Z',
  good: false,
  problems: [],
  servers: [{ address: '192.168.1.5:32400' }],
  collections: [collection]
};

afterEach(cleanup);

it('says where it ran, and that nothing was changed', () => {
  render(PlexRun, { run: { ...run, good: true } });
  expect(screen.getByText('192.168.1.5:32400 responded.')).toBeDefined();
  expect(screen.getByText('No changes were needed.')).toBeDefined();
  expect(screen.queryByRole('link')).toBeNull();
});

it('shows what was changed of each collection, and counts the others', () => {
  const changed = { ...collection, name: 'New', status: 'Created', changes: ['3 added', 'poster sent'] };
  const failed = { ...collection, name: 'Bad', status: 'Failure', errors: ['Plex failed (status 500)'] };
  render(PlexRun, { run: { ...run, collections: [changed, failed, collection, collection] } });
  expect(screen.getByText('3 added · poster sent')).toBeDefined();
  expect(screen.getByText('Movies · Created')).toBeDefined();
  expect(screen.getByText('Plex failed (status 500)')).toBeDefined();
  expect(screen.getByText('2 collections are unchanged.')).toBeDefined();
});

it('leads to what waits', () => {
  const reason = 'a collection of this name was created manually, with 3 titles';
  const waits = { ...collection, status: 'Waiting for Confirmation', errors: [reason] };
  render(PlexRun, { run: { ...run, collections: [waits] } });
  expect(screen.getByText(reason)).toBeDefined();
  const link = screen.getByRole('link', { name: 'Decide under Collections' });
  expect(link.getAttribute('href')).toBe('/settings/collections');
});

it('names a server that was away, and the problems', () => {
  const servers = [{ address: 'plex:32400', failure: 'it cannot be reached' }];
  render(PlexRun, { run: { ...run, servers, problems: ['the library cannot be read'], collections: [] } });
  expect(screen.getByText('plex:32400 couldn’t be used: it cannot be reached')).toBeDefined();
  expect(screen.getByText('the library cannot be read')).toBeDefined();
  expect(screen.queryByText('No changes were needed.')).toBeNull();
});

it('says how to begin when nothing ran yet', () => {
  render(PlexRun, {});
  expect(screen.getByText('No collections have been made on Plex yet')).toBeDefined();
});
