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

it('shows the server, and that no changes were needed', () => {
  render(PlexRun, { run: { ...run, good: true } });
  expect(screen.getByText('192.168.1.5:32400 responded.')).toBeDefined();
  expect(screen.getByText('No changes were needed.')).toBeDefined();
  expect(screen.queryByRole('link')).toBeNull();
});

it('shows the changes of each collection, and counts the unchanged ones', () => {
  const changed = { ...collection, name: 'New', status: 'Created', changes: ['3 added', 'poster sent'] };
  const failed = { ...collection, name: 'Bad', status: 'Failure', errors: ['Plex failed (status 500)'] };
  render(PlexRun, { run: { ...run, collections: [changed, failed, collection, collection] } });
  expect(screen.getByText('3 added · poster sent')).toBeDefined();
  expect(screen.getByText('Movies · Created')).toBeDefined();
  expect(screen.getByText('Plex failed (status 500)')).toBeDefined();
  expect(screen.getByText('2 collections are unchanged.')).toBeDefined();
});

it('links to plans that wait for confirmation', () => {
  const reason = 'a collection of this name was created manually, with 3 titles';
  const waits = { ...collection, status: 'Waiting for Confirmation', errors: [reason] };
  render(PlexRun, { run: { ...run, collections: [waits] } });
  expect(screen.getByText(reason)).toBeDefined();
  const link = screen.getByRole('link', { name: 'Decide under Collections' });
  expect(link.getAttribute('href')).toBe('/settings/collections');
});

it('shows an unreachable server and the problems', () => {
  const servers = [{ address: 'plex:32400', failure: 'it cannot be reached' }];
  render(PlexRun, { run: { ...run, servers, problems: ['the library cannot be read'], collections: [] } });
  expect(screen.getByText('plex:32400 couldn’t be used: it cannot be reached')).toBeDefined();
  expect(screen.getByText('the library cannot be read')).toBeDefined();
  expect(screen.queryByText('No changes were needed.')).toBeNull();
});

it('shows an introduction before the first run', () => {
  render(PlexRun, {});
  expect(screen.getByText('No collections have been made on Plex yet')).toBeDefined();
});
