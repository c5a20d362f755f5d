import { call, http } from './client';
import type { paths, PlanDecision, TraktSettingsPatch } from './schema';

type LogQuery = NonNullable<paths['/api/trakt/log']['get']['parameters']['query']>;

export const status = () => call(http.GET('/api/trakt'));

export const application = () => call(http.GET('/api/trakt/application'));

export const saveApplication = (client_id: string, client_secret?: string) =>
  call(http.PUT('/api/trakt/application', { body: { client_id, client_secret } }));

export const removeApplication = () => call(http.DELETE('/api/trakt/application'));

export const startConnect = () => call(http.POST('/api/trakt/connect'));

export const getConnect = () => call(http.GET('/api/trakt/connect'));

export const cancelConnect = () => call(http.DELETE('/api/trakt/connect'));

export const disconnect = () => call(http.DELETE('/api/trakt'));

export const previewImport = () => call(http.GET('/api/trakt/import'));

export const beginImport = (all: boolean) => call(http.POST('/api/trakt/import', { body: { import: all } }));

/** Starts the import only for categories without a decision yet. */
export const beginUndecided = () =>
  call(http.POST('/api/trakt/import', { body: { import: true, only_undecided: true } }));

export const cancelImport = () => call(http.DELETE('/api/trakt/import'));

export const sync = () => call(http.GET('/api/trakt/sync'));

export const syncNow = () => call(http.POST('/api/trakt/sync'));

export const settings = () => call(http.GET('/api/trakt/settings'));

export const changeSettings = (patch: TraktSettingsPatch) =>
  call(http.PATCH('/api/trakt/settings', { body: patch }));

export const log = (query: LogQuery) => call(http.GET('/api/trakt/log', { params: { query } }));

export const undo = (id: number) => call(http.POST('/api/trakt/log/{id}/undo', { params: { path: { id } } }));

/** Undoes everything that the sync changed in the same run as this change. */
export const undoRun = (id: number) =>
  call(http.POST('/api/trakt/log/{id}/undo-run', { params: { path: { id } } }));

export const plans = () => call(http.GET('/api/trakt/plans'));

export const plan = (id: number, offset: number, limit: number) =>
  call(http.GET('/api/trakt/plans/{id}', { params: { path: { id }, query: { offset, limit } } }));

export const decidePlan = (id: number, decision: PlanDecision['decision']) =>
  call(http.POST('/api/trakt/plans/{id}', { params: { path: { id } }, body: { decision } }));

export const queue = (offset: number, limit: number) =>
  call(http.GET('/api/trakt/queue', { params: { query: { offset, limit } } }));

export const retry = (id: number) =>
  call(http.POST('/api/trakt/queue/{id}/retry', { params: { path: { id } } }));

export const discard = (id: number) =>
  call(http.DELETE('/api/trakt/queue/{id}', { params: { path: { id } } }));
