// The API calls, and the types of their responses.
export { ApiError, asApiError } from './error';
export * as accounts from './accounts';
export * as collections from './collections';
export * as libraries from './libraries';
export * as lists from './lists';
export * as people from './people';
export * as playback from './playback';
export * as plex from './plex';
export * as recommendations from './recommendations';
export * as system from './system';
export * as titles from './titles';
export * as trakt from './trakt';
export type * from './types';
