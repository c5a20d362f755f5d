import { call, http } from './client';
import type { CollectionConfigChange, KometaApplication, LibraryKind } from './schema';

export const list = () => call(http.GET('/api/collections'));

export const rows = (place: 'home' | 'library', kind?: LibraryKind) =>
  call(http.GET('/api/collections/rows', { params: { query: { place, kind } } }));

export const get = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/collections/{id}', { params: { path: { id } }, signal }));

export const missing = (id: number, signal?: AbortSignal) =>
  call(http.GET('/api/collections/{id}/missing', { params: { path: { id } }, signal }));

export const addToWatchlist = (id: number, kind: 'movie' | 'show', trakt_id: number) =>
  call(http.PUT('/api/collections/{id}/missing', { params: { path: { id } }, body: { kind, trakt_id } }));

export const configs = () => call(http.GET('/api/collections/configs'));

export const register = (path: string) => call(http.POST('/api/collections/configs', { body: { path } }));

export const check = (id: number) =>
  call(http.GET('/api/collections/configs/{id}', { params: { path: { id } } }));

export const change = (id: number, body: CollectionConfigChange) =>
  call(http.PUT('/api/collections/configs/{id}', { params: { path: { id } }, body }));

export const remove = (id: number) =>
  call(http.DELETE('/api/collections/configs/{id}', { params: { path: { id } } }));

export const run = (id: number) =>
  call(http.POST('/api/collections/configs/{id}/run', { params: { path: { id } }, body: {} }));

export const cancel = (id: number) =>
  call(http.DELETE('/api/collections/configs/{id}/run', { params: { path: { id } } }));

/** Maps a library of the config to one of Kinometa; without an ID, libraries are matched by name again. */
export const mapLibrary = (name: string, library_id?: number) =>
  call(http.PUT('/api/collections/libraries', { body: { name, library_id } }));

export const runs = (offset: number, limit: number) =>
  call(http.GET('/api/collections/runs', { params: { query: { offset, limit } } }));

export const plans = () => call(http.GET('/api/collections/plans'));

export const confirm = (id: number) =>
  call(http.POST('/api/collections/plans/{id}/confirm', { params: { path: { id } } }));

export const keep = (id: number) =>
  call(http.POST('/api/collections/plans/{id}/dismiss', { params: { path: { id } } }));

export const authorizeUrl = (body: KometaApplication) =>
  call(http.POST('/api/kometa/authorization', { body }));

export const exchangePin = (application: KometaApplication, pin: string) =>
  call(http.POST('/api/kometa/authorization/pin', { body: { application, pin } }));

export const startDevice = (body: KometaApplication) =>
  call(http.POST('/api/kometa/authorization/device', { body }));

export const pollDevice = (application: KometaApplication, device_code: string) =>
  call(http.POST('/api/kometa/authorization/device/poll', { body: { application, device_code } }));
