import { call, http } from './client';
import type { LibraryPatch, MatchDecision, MatchState, NewLibrary } from './types';

export const list = () => call(http.GET('/api/libraries'));

export const create = (body: NewLibrary) => call(http.POST('/api/libraries', { body }));

export const update = (id: number, body: LibraryPatch) =>
  call(http.PATCH('/api/libraries/{id}', { params: { path: { id } }, body }));

export const remove = (id: number) => call(http.DELETE('/api/libraries/{id}', { params: { path: { id } } }));

export const startScan = (id: number) =>
  call(http.POST('/api/libraries/{id}/scan', { params: { path: { id } } }));

export const stopScan = (id: number) =>
  call(http.DELETE('/api/libraries/{id}/scan', { params: { path: { id } } }));

export const listScans = () => call(http.GET('/api/scans'));

export const listFolders = (path?: string) => call(http.GET('/api/folders', { params: { query: { path } } }));

export const listProblems = (leftOut: boolean) => (offset: number, limit: number) =>
  call(http.GET('/api/problems', { params: { query: { left_out: leftOut, offset, limit } } }));

export const listMatches = (state: MatchState, offset: number, limit: number) =>
  call(http.GET('/api/matches', { params: { query: { state, offset, limit } } }));

export const searchCandidates = (id: number, query?: string, year?: number, signal?: AbortSignal) =>
  call(
    http.GET('/api/matches/{id}/candidates', { params: { path: { id }, query: { query, year } }, signal })
  );

export const decideMatch = (id: number, body: MatchDecision) =>
  call(http.PUT('/api/matches/{id}', { params: { path: { id } }, body }));
