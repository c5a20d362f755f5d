import { call, http } from './client';
import type { MePatch, NewUser, Setup, UserPatch } from './types';

export const getSession = () => call(http.GET('/api/session'));

export const createAdministrator = (body: Setup) => call(http.POST('/api/setup', { body }));

export const signIn = (username: string, password: string) =>
  call(http.POST('/api/session', { body: { username, password } }));

export const signOut = () => call(http.DELETE('/api/session'));

export const updateMe = (body: MePatch) => call(http.PATCH('/api/me', { body }));

/** Whether other users may add this user to what they watch together. */
export const watchingTogether = () => call(http.GET('/api/me/watching-together'));

export const allowWatchingTogether = (allowed: boolean) =>
  call(http.PUT('/api/me/watching-together', { body: { allowed } }));

export const changePassword = (current: string, password: string, revokeTokens: boolean) =>
  call(http.POST('/api/me/password', { body: { current, new: password, revoke_api_tokens: revokeTokens } }));

export const listTokens = () => call(http.GET('/api/me/tokens'));

export const createToken = (name: string) => call(http.POST('/api/me/tokens', { body: { name } }));

export const deleteToken = (id: number) =>
  call(http.DELETE('/api/me/tokens/{id}', { params: { path: { id } } }));

export const listUsers = () => call(http.GET('/api/users'));

export const createUser = (body: NewUser) => call(http.POST('/api/users', { body }));

export const updateUser = (id: number, body: UserPatch) =>
  call(http.PATCH('/api/users/{id}', { params: { path: { id } }, body }));

export const deleteUser = (id: number) => call(http.DELETE('/api/users/{id}', { params: { path: { id } } }));
