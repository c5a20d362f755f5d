// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { movie } from '$lib/testing/data';
import { afterEach, expect, it, vi } from 'vitest';
import type { RemovedPlay, TitleCard } from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';
import { addToWatchlist, markNow, markUnwatched, markUpTo } from './marking';
import { Unmarking } from './unmarking.svelte';

const MARK = 'POST /api/plays/mark';
const UNMARK = 'POST /api/plays/unmark';

const played: RemovedPlay = {
  title_id: 7,
  watched_at: '2026-01-01T20:00:00Z',
  source: 'manual',
  private: false
};

/** Accepts requests, and returns the list that collects their bodies. */
function accept(name: string, body: unknown): unknown[] {
  const bodies: unknown[] = [];
  server.on(name, (sent) => {
    bodies.push(sent);
    return { body };
  });
  return bodies;
}

const shown = () => toasts.items.map((toast) => toast.text);

afterEach(() => (toasts.items = []));

it('marks several titles with one request, shows one message, and undoes everything with one request', async () => {
  const marked = accept(MARK, { play_ids: [70, 80, 81] });
  const deleted = accept('POST /api/plays/delete', { plays: [] });
  const changed = vi.fn();
  await markNow([7, 8], changed);
  expect(marked).toEqual([{ title_ids: [7, 8], and_earlier: false }]);
  expect(shown()).toEqual(['3 plays added to your timeline.']);
  await toasts.items[0]?.action?.run();
  expect(deleted).toEqual([{ play_ids: [70, 80, 81] }]);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('offers nothing to undo when marking failed', async () => {
  server.on(MARK, { status: 500, body: errorBody('The disk is full.') });
  const changed = vi.fn();
  await markNow([7, 8], changed);
  expect(toasts.items.map((toast) => [toast.text, toast.action])).toEqual([['The disk is full.', undefined]]);
  expect(changed).not.toHaveBeenCalled();
});

it('shows when there was nothing to mark', async () => {
  accept(MARK, { play_ids: [] });
  await markNow([7]);
  expect(toasts.items.map((toast) => [toast.tone, toast.action])).toEqual([['plain', undefined]]);
});

it('lets the server find the earlier episodes', async () => {
  const marked = accept(MARK, { play_ids: [1, 2] });
  await markUpTo({ ...movie, id: 24, kind: 'episode' } as TitleCard);
  expect(marked).toEqual([{ title_ids: [24], and_earlier: true }]);
});

it('restores deleted plays in requests of the maximum size', async () => {
  const plays = Array.from({ length: 2_001 }, (_, index) => ({ ...played, title_id: index }));
  accept(UNMARK, { plays });
  const restored = accept('POST /api/plays/restore', { play_ids: [] });
  await markUnwatched([7]);
  expect(shown()).toEqual(['Marked as unwatched. 2,001 plays deleted.']);
  await toasts.items[0]?.action?.run();
  expect(restored.map((body) => (body as { plays: unknown[] }).plays.length)).toEqual([2_000, 1]);
});

it('deletes one play immediately and asks about several', async () => {
  const bodies = accept(UNMARK, { plays: [played] });
  const unmarking = new Unmarking();
  await unmarking.start([7], () => undefined);
  expect([unmarking.open, bodies]).toEqual([
    false,
    [
      { title_ids: [7], preview: true },
      { title_ids: [7], preview: false }
    ]
  ]);
  const more = accept(UNMARK, { plays: [played, played] });
  await unmarking.start([7, 8], () => undefined);
  expect([unmarking.playsToConfirm, more]).toEqual([2, [{ title_ids: [7, 8], preview: true }]]);
  await unmarking.run();
  expect(more[1]).toEqual({ title_ids: [7, 8], preview: false });
});

it('deletes nothing if the number of plays is unknown', async () => {
  server.on(UNMARK, { status: 500, body: errorBody('Broken.') });
  const unmarking = new Unmarking();
  await unmarking.start([7], () => undefined);
  expect([unmarking.open, server.requests, shown()]).toEqual([false, [UNMARK], ['Broken.']]);
});

it('undoes additions to the watchlist only for titles that were not on it', async () => {
  const bodies = accept('POST /api/watchlist', { title_ids: [8] });
  await addToWatchlist([7, 8]);
  expect(shown()).toEqual(['Added to your watchlist.']);
  await toasts.items[0]?.action?.run();
  expect(bodies).toEqual([
    { title_ids: [7, 8], on: true },
    { title_ids: [8], on: false }
  ]);
});
