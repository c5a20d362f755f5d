import { call, http } from './client';
import type { PlexServerForm } from './schema';

export const settings = () => call(http.GET('/api/plex'));

export const save = (body: PlexServerForm) => call(http.PUT('/api/plex', { body }));

export const remove = () => call(http.DELETE('/api/plex'));

export const test = (body: PlexServerForm) => call(http.POST('/api/plex/test', { body }));
