import { call, http } from './client';

/** A person with their titles. */
export const get = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/people/{id}', { params: { path: { id } }, signal }));

/** Cast and crew of a title, related titles, and the distribution of ratings on Trakt. */
export const about = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/titles/{id}/about', { params: { path: { id } }, signal }));
