import { call, http } from './client';

export const getSession = () => call(http.GET('/api/session'));

export const createAdministrator = (body: { username: string; password: string; display_name?: string }) =>
  call(http.POST('/api/setup', { body }));

export const signIn = (username: string, password: string) =>
  call(http.POST('/api/session', { body: { username, password } }));

export const signOut = () => call(http.DELETE('/api/session'));

export const updateMe = (body: { display_name?: string; preferences?: Record<string, unknown> }) =>
  call(http.PATCH('/api/me', { body: body as never }));

export const changePassword = (current: string, password: string) =>
  call(http.POST('/api/me/password', { body: { current, new: password } }));

export const listTokens = () => call(http.GET('/api/me/tokens'));

export const createToken = (name: string) => call(http.POST('/api/me/tokens', { body: { name } }));

export const deleteToken = (id: number) =>
  call(http.DELETE('/api/me/tokens/{id}', { params: { path: { id } } }));

export const listUsers = () => call(http.GET('/api/users'));

export const createUser = (body: {
  username: string;
  password: string;
  display_name?: string;
  is_admin: boolean;
}) => call(http.POST('/api/users', { body }));

export const updateUser = (
  id: number,
  body: { display_name?: string; password?: string; is_admin?: boolean }
) => call(http.PATCH('/api/users/{id}', { params: { path: { id } }, body }));

export const deleteUser = (id: number) => call(http.DELETE('/api/users/{id}', { params: { path: { id } } }));
