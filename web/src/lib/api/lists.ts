import { call, http } from './client';

/** The sort order of a list's titles; `list` is the order on Trakt. */
export type ListSort = 'list' | 'added' | 'name' | 'year';

/** Which titles of a list are shown, and in which order. */
export interface ListView {
  inLibrary: boolean;
  sort: ListSort;
}

export const all = (signal?: AbortSignal) => call(http.GET('/api/lists', { signal }));

export const get = (
  id: number,
  { inLibrary, sort }: ListView,
  offset: number,
  limit: number,
  signal?: AbortSignal
) =>
  call(
    http.GET('/api/lists/{id}', {
      params: { path: { id }, query: { in_library: inLibrary, sort, offset, limit } },
      signal
    })
  );

export const preview = (url: string, signal?: AbortSignal) =>
  call(http.GET('/api/lists/preview', { params: { query: { url } }, signal }));

/** The lists that the connected account owns or likes. */
export const choices = (signal?: AbortSignal) => call(http.GET('/api/lists/choices', { signal }));

export const follow = (url: string) => call(http.POST('/api/lists', { body: { url } }));

export const unfollow = (id: number) => call(http.DELETE('/api/lists/{id}', { params: { path: { id } } }));

export const refresh = (id: number) =>
  call(http.POST('/api/lists/{id}/refresh', { params: { path: { id } } }));

export const pin = (id: number) => call(http.PUT('/api/lists/{id}/pin', { params: { path: { id } } }));

export const unpin = (id: number) => call(http.DELETE('/api/lists/{id}/pin', { params: { path: { id } } }));
