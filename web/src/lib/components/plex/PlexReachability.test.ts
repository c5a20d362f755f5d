// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { invalidate } from '$lib/state/query.svelte';
import PlexReachability from './PlexReachability.svelte';

interface Reply {
  status?: number;
  body: unknown;
}

const TEST = 'POST /api/plex/test';
const plex = { url: 'http://plex:32400', timeout_seconds: 30, verify_ssl: false };
const result = { body: { name: 'Attic', version: '1.43.0', libraries: [] } };
const check = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Check' });

afterEach(() => {
  cleanup();
  invalidate('plex-check');
});

it('shows that the check is running, and then that the server is reachable', async () => {
  let finish: (reply: Reply) => void = () => undefined;
  const promise = new Promise<Reply>((resolve) => (finish = resolve));
  let body: unknown;
  server.on(TEST, (sent) => {
    body = sent;
    return promise;
  });
  render(PlexReachability, { server: plex });
  expect(await screen.findByText('Checking…')).toBeDefined();
  expect(check().disabled).toBe(true);
  finish(result);
  expect(await screen.findByText(/^Attic is reachable \(version 1\.43\.0\)\./)).toBeDefined();
  expect(screen.getByText(/^Checked /)).toBeDefined();
  expect(body).toEqual(plex);
});

it('shows why the server cannot be used, and checks again on request', async () => {
  server.on(TEST, { status: 502, body: errorBody('Plex cannot be reached.') });
  render(PlexReachability, { server: plex });
  expect(await screen.findByText(/^Plex cannot be reached\./)).toBeDefined();
  server.on(TEST, result);
  await userEvent.click(check());
  expect(await screen.findByText(/^Attic is reachable/)).toBeDefined();
  expect(screen.queryByText(/cannot be reached/)).toBeNull();
});
