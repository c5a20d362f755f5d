// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { movieDetail } from '$lib/testing/data';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { toasts } from '$lib/state/toasts.svelte';
import MarkButton from './MarkButton.svelte';

const reload = vi.fn(async () => undefined);

afterEach(() => {
  toasts.items = [];
  reload.mockClear();
});

it('marks as watched now with one click', async () => {
  const bodies: unknown[] = [];
  server.on('POST /api/plays/mark', (body) => {
    bodies.push(body);
    return { body: { play_ids: [1] } };
  });
  render(MarkButton, { title: movieDetail, reload });
  await userEvent.click(screen.getByRole('button', { name: 'Mark as watched' }));
  await waitFor(() => expect(reload).toHaveBeenCalledOnce());
  expect(bodies).toEqual([{ title_ids: [7], and_earlier: false }]);
  expect(toasts.items[0]?.action?.label).toBe('Undo');
});

it('asks before it deletes several plays', async () => {
  const play = { title_id: 7, source: 'manual', private: false };
  server.on('POST /api/plays/unmark', { body: { plays: [play, play] } });
  render(MarkButton, { title: { ...movieDetail, watched: true, plays: 2 }, reload });
  await userEvent.click(screen.getByRole('button', { name: 'Watched' }));
  expect((await screen.findByRole('dialog')).textContent).toContain('Your 2 plays will be deleted');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(server.requests).toEqual(['POST /api/plays/unmark']);
});

it.each([
  [{}, ['On its release date', 'Choose a date…']],
  [{ watched: true, plays: 1 }, ['Add another play…', 'Mark as unwatched']],
  [{ kind: 'episode' as const }, ['On its release date', 'Choose a date…', 'Watched up to here']],
  [{ kind: 'show' as const, watched: true }, ['Mark as unwatched']],
  [{ kind: 'show' as const, plays: 3 }, ['On its release date', 'Choose a date…', 'Mark as unwatched']]
])('offers for %j behind the arrow: %j', async (change, labels) => {
  render(MarkButton, { title: { ...movieDetail, ...change }, reload });
  await userEvent.click(screen.getByRole('button', { name: 'More ways to mark it' }));
  // jsdom has no layout: a menu without a position counts as hidden.
  const items = await screen.findAllByRole('menuitem', { hidden: true });
  expect(items.map((item) => item.textContent?.trim())).toEqual(labels);
});
