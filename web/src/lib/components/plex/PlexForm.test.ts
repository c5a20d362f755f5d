// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { Library, PlexServer } from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';
import PlexForm from './PlexForm.svelte';

interface Reply {
  status?: number;
  body: unknown;
}

const TEST = 'POST /api/plex/test';
const SAVE = 'PUT /api/plex';
const stored: PlexServer = { url: 'http://plex:32400', timeout_seconds: 60, verify_ssl: true };
const response = {
  name: 'Attic',
  version: '1.43.0',
  libraries: [
    { name: 'Films', shows: false, writable: true, same_as: 1 },
    { name: 'Series', shows: true, writable: false }
  ]
};
const address = () => screen.getByLabelText<HTMLInputElement>('Address');
const token = () => screen.getByLabelText<HTMLInputElement>('X-Plex-Token');
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

function show(props: { server?: PlexServer } = {}) {
  const saved = vi.fn(async () => undefined);
  render(PlexForm, { own: [{ id: 1, name: 'Movies' } as Library], saved, ...props });
  return saved;
}

afterEach(() => {
  cleanup();
  toasts.items = [];
});

it('tests the entered values and shows the libraries of the server', async () => {
  let body: unknown;
  server.on(TEST, (sent) => {
    body = sent;
    return { body: response };
  });
  show();
  await userEvent.type(address(), ' http://plex:32400 ');
  await userEvent.type(token(), 'secret');
  await userEvent.click(button('Test'));
  expect(await screen.findByText('Attic is reachable (version 1.43.0).')).toBeDefined();
  expect(screen.getByText('Movies · Same folder as your library Movies')).toBeDefined();
  expect(screen.getByText('Shows · read-only for this token')).toBeDefined();
  expect(body).toEqual({ url: 'http://plex:32400', token: 'secret', timeout_seconds: 60, verify_ssl: true });
  expect(server.requests).toEqual([TEST]);
});

it('is busy during the test, and can be used again after Plex rejects the token', async () => {
  let finish: (reply: Reply) => void = () => undefined;
  const promise = new Promise<Reply>((resolve) => (finish = resolve));
  const refused = {
    status: 422,
    body: errorBody('Check the marked fields.', { fields: { token: 'Refused.' } })
  };
  server.on(TEST, () => promise);
  show();
  await userEvent.type(address(), 'http://plex:32400');
  await userEvent.type(token(), 'wrong');
  await userEvent.click(button('Test'));
  await waitFor(() => expect(button('Testing…').getAttribute('aria-busy')).toBe('true'));
  finish(refused);
  const text = await screen.findByText('Refused.');
  expect(token().getAttribute('aria-describedby')).toBe(text.id);
  expect(token().value).toBe('wrong');
  expect(button('Test').disabled).toBe(false);
});

it('saves even if the server is unreachable', async () => {
  server.on(SAVE, {});
  server.on(TEST, { status: 502, body: errorBody('Plex cannot be reached.') });
  const saved = show();
  await userEvent.type(address(), 'http://plex:32400');
  await userEvent.type(token(), 'secret');
  await userEvent.click(button('Save'));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  expect(server.requests).toEqual([SAVE, TEST]);
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Plex server saved.']);
});

it('keeps the entered values when saving fails', async () => {
  server.on(SAVE, { status: 500, body: errorBody('Could not save.') });
  const saved = show();
  await userEvent.type(address(), 'http://plex:32400');
  await userEvent.type(token(), 'secret');
  await userEvent.click(button('Save'));
  expect((await screen.findByRole('alert')).textContent).toContain('Could not save.');
  expect(address().value).toBe('http://plex:32400');
  expect(saved).not.toHaveBeenCalled();
});

it('requires the token again only if the address has changed', async () => {
  show({ server: stored });
  expect(token().required).toBe(false);
  expect(screen.getByText('Leave empty to keep the saved token.')).toBeDefined();
  await userEvent.type(address(), '1');
  expect(token().required).toBe(true);
});
