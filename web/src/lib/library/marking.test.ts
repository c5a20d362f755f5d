// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { movie, movieDetail } from '$lib/testing/data';
import { afterEach, expect, it, vi } from 'vitest';
import type { EpisodeCard, SeasonCard, TitleCard } from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';
import { markNow, markUnwatched, markUpTo, upTo } from './marking';

const season = (id: number, number: number, unwatched: number): SeasonCard =>
  ({ ...movie, id, kind: 'season', season_number: number, unwatched_episodes: unwatched }) as SeasonCard;

const episode = (id: number, number: number, change: Partial<TitleCard> = {}): EpisodeCard =>
  ({
    ...movie,
    id,
    kind: 'episode',
    show_id: 1,
    season_number: 2,
    episode_number: number,
    ...change
  }) as EpisodeCard;

function mark(id: number, plays: number[]): void {
  server.on(`POST /api/titles/${id}/watched`, { body: { plays: plays.map((play) => ({ id: play })) } });
}

afterEach(() => (toasts.items = []));

it('marks several titles now, says so once, and undoes all of it', async () => {
  mark(7, [70]);
  mark(8, [80, 81]);
  const changed = vi.fn();
  await markNow([7, 8], changed);
  expect(toasts.items.map((toast) => toast.text)).toEqual(['3 plays added to your timeline.']);
  for (const play of [70, 80, 81]) server.on(`DELETE /api/plays/${play}`, {});
  await toasts.items[0]?.action?.run();
  expect(server.requests.slice(2)).toEqual([
    'DELETE /api/plays/70',
    'DELETE /api/plays/80',
    'DELETE /api/plays/81'
  ]);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('offers to undo what was marked before one failed', async () => {
  mark(7, [70]);
  server.on('POST /api/titles/8/watched', { status: 500, body: errorBody('The disk is full.') });
  await markNow([7, 8]);
  expect(toasts.items.map((toast) => [toast.text, toast.action?.label])).toEqual([
    ['The disk is full.', undefined],
    ['Added to your timeline.', 'Undo']
  ]);
});

it('says when there was nothing to mark', async () => {
  mark(7, []);
  await markNow([7]);
  expect(toasts.items.map((toast) => [toast.tone, toast.action])).toEqual([['plain', undefined]]);
});

it('counts earlier seasons and earlier episodes as up to here, and nothing else', async () => {
  server.on('GET /api/titles/1', {
    body: {
      ...movieDetail,
      seasons: [season(10, 0, 3), season(11, 1, 4), season(12, 2, 3), season(13, 3, 8)]
    }
  });
  const episodes = [
    episode(21, 1),
    episode(22, 2, { watched: true }),
    episode(23, 3, { released_at: '2999-01-01T00:00:00Z' } as Partial<TitleCard>),
    episode(24, 4),
    episode(25, 5)
  ];
  server.on('GET /api/titles/1/seasons/2', { body: { ...movieDetail, episodes } });
  expect(await upTo(episode(24, 4))).toEqual([11, 21, 24]);
});

it('leaves out earlier seasons that are watched', async () => {
  server.on('GET /api/titles/1', { body: { ...movieDetail, seasons: [season(11, 1, 0), season(12, 2, 1)] } });
  server.on('GET /api/titles/1/seasons/2', { body: { ...movieDetail, episodes: [episode(21, 1)] } });
  expect(await upTo(episode(21, 1))).toEqual([21]);
});

it('marks nothing when it cannot tell what comes before', async () => {
  server.on('GET /api/titles/1', { status: 500, body: errorBody('Broken.') });
  server.on('GET /api/titles/1/seasons/2', { body: { ...movieDetail, episodes: [] } });
  await markUpTo(episode(21, 1));
  expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Broken.']);
});

it('deletes every play when a title was not watched after all', async () => {
  let plays = [1, 2, 3, 4, 5];
  server.on('GET /api/titles/7', () => ({
    body: { ...movieDetail, recent_plays: plays.slice(0, 2).map((id) => ({ id })) }
  }));
  for (const id of plays)
    server.on(`DELETE /api/plays/${id}`, () => {
      plays = plays.filter((play) => play !== id);
      return {};
    });
  const changed = vi.fn();
  await markUnwatched(7, changed);
  expect(plays).toEqual([]);
  expect(changed).toHaveBeenCalledOnce();
});
