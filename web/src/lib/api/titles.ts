import type { Filters } from '$lib/library/filters';
import { call, http } from './client';
import type { RemovedPlay } from './types';

export const getHome = () => call(http.GET('/api/home'));

export const get = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}', { params: { path: { id } }, signal }));

export const getSeason = (id: number, number: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}/seasons/{number}', { params: { path: { id, number } }, signal }));

export function list(kind: 'movie' | 'show', filters: Filters, offset: number, limit: number) {
  return call(http.GET('/api/titles', { params: { query: { ...selection(kind, filters), offset, limit } } }));
}

function selection(kind: 'movie' | 'show', { decade, library, ...rest }: Filters) {
  return {
    kind,
    ...rest,
    decade: decade === undefined ? undefined : Number(decade),
    library: library === undefined ? undefined : Number(library)
  };
}

/** The IDs of all titles that match, regardless of paging. */
export const ids = (kind: 'movie' | 'show', filters: Filters) =>
  call(http.GET('/api/titles/ids', { params: { query: selection(kind, filters) } }));

export const facets = (kind: 'movie' | 'show') =>
  call(http.GET('/api/titles/facets', { params: { query: { kind } } }));

export const search = (q: string, limit: number, signal?: AbortSignal) =>
  call(http.GET('/api/search', { params: { query: { q, limit } }, signal }));

/** `watched_at` is `now`, `released`, `unknown` or a time. */
export const markWatched = (id: number, watched_at: string) =>
  call(http.POST('/api/titles/{id}/watched', { params: { path: { id } }, body: { watched_at } }));

/** Marks the unwatched parts of these titles; with `and_earlier`, also the earlier episodes of an episode's show. */
export const markTogether = (title_ids: readonly number[], and_earlier = false) =>
  call(http.POST('/api/plays/mark', { body: { title_ids: [...title_ids], and_earlier } }));

/** Deletes every play of these titles and returns them; with `preview` it only returns them. */
export const unmark = (title_ids: readonly number[], preview = false) =>
  call(http.POST('/api/plays/unmark', { body: { title_ids: [...title_ids], preview } }));

export const deletePlays = (play_ids: readonly number[]) =>
  call(http.POST('/api/plays/delete', { body: { play_ids: [...play_ids] } }));

/** Restores plays returned by `unmark` or `deletePlays`. */
export const restorePlays = (plays: RemovedPlay[]) =>
  call(http.POST('/api/plays/restore', { body: { plays } }));

/** Adds titles to the watchlist or removes them; returns those that changed. */
export const changeWatchlist = (title_ids: readonly number[], on: boolean) =>
  call(http.POST('/api/watchlist', { body: { title_ids: [...title_ids], on } }));

export const clearProgress = (id: number) =>
  call(http.DELETE('/api/titles/{id}/progress', { params: { path: { id } } }));

/** `rating` is 1 to 10. */
export const rate = (id: number, rating: number) =>
  call(http.PUT('/api/titles/{id}/rating', { params: { path: { id } }, body: { rating } }));

export const unrate = (id: number) =>
  call(http.DELETE('/api/titles/{id}/rating', { params: { path: { id } } }));

export const addToWatchlist = (id: number) =>
  call(http.PUT('/api/titles/{id}/watchlist', { params: { path: { id } } }));

export const removeFromWatchlist = (id: number) =>
  call(http.DELETE('/api/titles/{id}/watchlist', { params: { path: { id } } }));

/** Drops a show: its episodes no longer appear in Up next. */
export const drop = (id: number) => call(http.PUT('/api/titles/{id}/dropped', { params: { path: { id } } }));

export const undrop = (id: number) =>
  call(http.DELETE('/api/titles/{id}/dropped', { params: { path: { id } } }));

export const deletePlay = (id: number) => call(http.DELETE('/api/plays/{id}', { params: { path: { id } } }));

/** Changes the time of a play; `watched_at` as for `markWatched`. The play gets a new ID. */
export const changePlay = (id: number, watched_at: string) =>
  call(http.PATCH('/api/plays/{id}', { params: { path: { id } }, body: { watched_at } }));

/** `q` filters by words of the title. */
export const timeline = (before: string | undefined, limit: number, q?: string, signal?: AbortSignal) =>
  call(
    http.GET('/api/timeline', {
      params: { query: { before, limit, q: q || undefined, tz: timeZone() } },
      signal
    })
  );

export const exportHref = (format: 'csv' | 'json') => `/api/timeline/export?format=${format}`;

/** Without a year, for all time. */
export const statistics = (year?: number, signal?: AbortSignal) =>
  call(http.GET('/api/statistics', { params: { query: { year, tz: timeZone() } }, signal }));

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
