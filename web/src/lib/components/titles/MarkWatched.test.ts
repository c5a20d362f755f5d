// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { movieDetail } from '$lib/testing/data';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { toasts } from '$lib/state/toasts.svelte';
import MarkWatched from './MarkWatched.svelte';

const done = vi.fn(async () => undefined);
const REQUEST = 'POST /api/titles/7/watched';

/** Responds with this many plays. Returns the list that collects the request bodies. */
function accept(plays: number): unknown[] {
  const bodies: unknown[] = [];
  server.on(REQUEST, (body) => {
    bodies.push(body);
    return { body: { plays: Array.from({ length: plays }, (_, id) => ({ id })) } };
  });
  return bodies;
}

afterEach(() => {
  toasts.items = [];
  done.mockClear();
});

it.each([
  ['Just now', 'now'],
  ['On its release date', 'released'],
  ['I don’t remember', 'unknown']
])('“%s” marks it as watched', async (label, watched_at) => {
  const bodies = accept(1);
  render(MarkWatched, { title: movieDetail, open: true, done });
  await userEvent.click(await screen.findByRole('button', { name: label }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(bodies).toEqual([{ watched_at }]);
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Added to your timeline.']);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('accepts any other date, in the user’s time zone', async () => {
  const bodies = accept(1);
  render(MarkWatched, { title: movieDetail, open: true, done });
  await fireEvent.input(await screen.findByLabelText('Another date and time'), {
    target: { value: '2026-03-01T20:15' }
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Add' }));
  await waitFor(() => expect(bodies).toEqual([{ watched_at: new Date('2026-03-01T20:15').toISOString() }]));
});

it('counts the plays of a whole show', async () => {
  accept(12);
  render(MarkWatched, { title: { ...movieDetail, kind: 'show' }, open: true, done });
  expect(await screen.findByText('Marks every episode that has aired.')).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Just now' }));
  await waitFor(() =>
    expect(toasts.items.map((toast) => toast.text)).toEqual(['12 plays added to your timeline.'])
  );
});

it('explains that marking again adds another play', async () => {
  render(MarkWatched, { title: { ...movieDetail, watched: true }, open: true, done });
  expect(await screen.findByText(/adds another play/)).toBeTruthy();
});

it('stays open with the error when the request fails, and can be tried again', async () => {
  server.on(REQUEST, { status: 422, body: errorBody('This title has no release date.') });
  render(MarkWatched, { title: movieDetail, open: true, done });
  await userEvent.click(await screen.findByRole('button', { name: 'On its release date' }));
  expect((await screen.findByRole('alert')).textContent).toContain('This title has no release date.');
  expect(done).not.toHaveBeenCalled();
  accept(1);
  await userEvent.click(await screen.findByRole('button', { name: 'Just now' }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
});
