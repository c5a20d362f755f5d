import type { Filters } from '$lib/library/filters';
import { call, http } from './client';

export const getHome = () => call(http.GET('/api/home'));

export const get = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}', { params: { path: { id } }, signal }));

export const getSeason = (id: number, number: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}/seasons/{number}', { params: { path: { id, number } }, signal }));

export function list(kind: 'movie' | 'show', filters: Filters, offset: number, limit: number) {
  const { decade, library, ...rest } = filters;
  const query = {
    kind,
    ...rest,
    decade: decade === undefined ? undefined : Number(decade),
    library: library === undefined ? undefined : Number(library),
    offset,
    limit
  };
  return call(http.GET('/api/titles', { params: { query } }));
}

export const facets = (kind: 'movie' | 'show') =>
  call(http.GET('/api/titles/facets', { params: { query: { kind } } }));

export const search = (q: string, limit: number, signal?: AbortSignal) =>
  call(http.GET('/api/search', { params: { query: { q, limit } }, signal }));

/** `watched_at` is `now`, `released`, `unknown` or a time. */
export const markWatched = (id: number, watched_at: string) =>
  call(http.POST('/api/titles/{id}/watched', { params: { path: { id } }, body: { watched_at } }));

export const clearProgress = (id: number) =>
  call(http.DELETE('/api/titles/{id}/progress', { params: { path: { id } } }));

/** 1 to 10. */
export const rate = (id: number, rating: number) =>
  call(http.PUT('/api/titles/{id}/rating', { params: { path: { id } }, body: { rating } }));

export const unrate = (id: number) =>
  call(http.DELETE('/api/titles/{id}/rating', { params: { path: { id } } }));

export const addToWatchlist = (id: number) =>
  call(http.PUT('/api/titles/{id}/watchlist', { params: { path: { id } } }));

export const removeFromWatchlist = (id: number) =>
  call(http.DELETE('/api/titles/{id}/watchlist', { params: { path: { id } } }));

/** Its episodes are no longer up next. */
export const drop = (id: number) => call(http.PUT('/api/titles/{id}/dropped', { params: { path: { id } } }));

export const takeUp = (id: number) =>
  call(http.DELETE('/api/titles/{id}/dropped', { params: { path: { id } } }));

export const deletePlay = (id: number) => call(http.DELETE('/api/plays/{id}', { params: { path: { id } } }));

/** `watched_at` as for `markWatched`. The play has another id afterwards. */
export const changePlay = (id: number, watched_at: string) =>
  call(http.PATCH('/api/plays/{id}', { params: { path: { id } }, body: { watched_at } }));

/** `q`: words of the title. */
export const timeline = (before: string | undefined, limit: number, q?: string, signal?: AbortSignal) =>
  call(
    http.GET('/api/timeline', {
      params: { query: { before, limit, q: q || undefined, tz: timeZone() } },
      signal
    })
  );

export const exportHref = (format: 'csv' | 'json') => `/api/timeline/export?format=${format}`;

/** Without a year: of all time. */
export const statistics = (year?: number, signal?: AbortSignal) =>
  call(http.GET('/api/statistics', { params: { query: { year, tz: timeZone() } }, signal }));

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
