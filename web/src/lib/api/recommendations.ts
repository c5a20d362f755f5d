import { call, http } from './client';

/** The recommendations last read from Trakt, titles of the library first. */
export const list = (signal?: AbortSignal) => call(http.GET('/api/recommendations', { signal }));

/** Hides the title from recommendations, also on Trakt. */
export const hide = (id: number) =>
  call(http.PUT('/api/titles/{id}/not-interested', { params: { path: { id } } }));

export const unhide = (id: number) =>
  call(http.DELETE('/api/titles/{id}/not-interested', { params: { path: { id } } }));
