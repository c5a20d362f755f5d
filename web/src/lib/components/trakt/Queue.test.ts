// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { FakeEventSource } from '$lib/testing/event-source';
import { movie } from '$lib/testing/data';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { QueueItem } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { invalidate } from '$lib/state/query.svelte';
import Queue from './Queue.svelte';

const waiting: QueueItem = {
  id: 1,
  kind: 'history_add',
  state: 'pending',
  attempts: 0,
  occurred_at: new Date().toISOString(),
  title: movie
};
const rejected: QueueItem = {
  ...waiting,
  id: 2,
  state: 'failed',
  attempts: 3,
  error: { code: 'not_found', message: 'Trakt does not know this title.', action: 'Correct the match.' },
  title: { ...movie, id: 8, name: 'Metropolis', year: 1927 }
};

const changed = vi.fn(async () => undefined);

function show(items: QueueItem[]) {
  server.on('GET /api/trakt/queue', () => ({ body: { items, total: items.length } }));
  render(Queue, { counts: { pending: 1, failed: 1 }, changed });
}

const row = async (name: string) => (await screen.findByText(name)).closest('li') as HTMLElement;

afterEach(() => {
  live.close();
  changed.mockClear();
  cleanup();
  invalidate('trakt-queue');
});

it('shows waiting and rejected items with the reason', async () => {
  show([waiting, rejected]);
  expect((await row('Nosferatu (1922)')).textContent).toMatch(/Watched\s+just now · Waiting/);
  const failed = await row('Metropolis (1927)');
  expect(failed.textContent).toMatch(/Rejected\s+· 3 attempts/);
  expect(failed.textContent).toContain('Trakt does not know this title. Correct the match.');
});

it('tries an item again and reloads', async () => {
  const items = [rejected];
  show(items);
  server.on('POST /api/trakt/queue/2/retry', () => {
    items[0] = { ...rejected, state: 'in_flight', error: undefined };
    return {};
  });
  await userEvent.click(within(await row('Metropolis (1927)')).getByRole('button', { name: /^Try again/ }));
  await waitFor(async () => expect((await row('Metropolis (1927)')).textContent).toContain('Sending'));
  expect(changed).toHaveBeenCalledOnce();
});

it('removes an item only after a confirmation', async () => {
  const items = [waiting];
  show(items);
  server.on('DELETE /api/trakt/queue/1', () => {
    items.length = 0;
    return {};
  });
  await userEvent.click(
    within(await row('Nosferatu (1922)')).getByRole('button', { name: /^Remove from queue/ })
  );
  expect(server.requests).not.toContain('DELETE /api/trakt/queue/1');
  const dialog = await screen.findByRole('dialog', { name: 'Remove from the queue?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove from queue' }));
  await waitFor(() => expect(screen.queryByText('Nosferatu (1922)')).toBeNull());
});

it('follows live updates', async () => {
  const items: QueueItem[] = [waiting];
  show(items);
  await row('Nosferatu (1922)');
  live.open();
  items[0] = { ...waiting, state: 'in_flight' };
  FakeEventSource.latest.send('trakt', {});
  await waitFor(async () => expect((await row('Nosferatu (1922)')).textContent).toContain('Sending'));
});

it('shows an error instead of an endless placeholder', async () => {
  server.on('GET /api/trakt/queue', { status: 500, body: errorBody('The queue could not be read.') });
  render(Queue, { counts: { pending: 1, failed: 0 }, changed });
  expect((await screen.findByRole('alert')).textContent).toContain('The queue could not be read.');
});
