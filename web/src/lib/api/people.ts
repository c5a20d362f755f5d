import { call, http } from './client';

/** Somebody with their titles. */
export const get = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/people/{id}', { params: { path: { id } }, signal }));

/** Cast and crew of a title, what goes with it, and how Trakt’s members rated it. */
export const about = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}/about', { params: { path: { id } }, signal }));
