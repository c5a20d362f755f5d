import { call, http } from './client';

/** What Trakt recommends, as it was read last; those in the library come first. */
export const list = (signal?: AbortSignal) => call(http.GET('/api/recommendations', { signal }));

/** Never recommends the title again, on Trakt too. */
export const hide = (id: number) =>
  call(http.PUT('/api/titles/{id}/not-interested', { params: { path: { id } } }));

export const unhide = (id: number) =>
  call(http.DELETE('/api/titles/{id}/not-interested', { params: { path: { id } } }));
