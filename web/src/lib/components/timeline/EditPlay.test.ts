// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { expect, test } from 'vitest';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Play } from '$lib/api';
import { movie } from '$lib/testing/data';
import EditPlay from './EditPlay.svelte';

const play: Play = {
  id: 3,
  title: movie,
  watched_at: '2026-01-05T20:15:00Z',
  source: 'kinometa',
  private: false,
  trakt: { state: 'sent' }
};

async function open() {
  render(EditPlay, { play, open: true, onTrakt: true });
  await screen.findByRole('dialog');
}
const input = () => screen.getByLabelText<HTMLInputElement>('When did you watch it?');

test('starts with the time of the play and sends the new one', async () => {
  let sent: unknown;
  server.on('PATCH /api/plays/3', (body) => {
    sent = body;
    return { body: play };
  });
  const user = userEvent.setup();
  await open();
  expect(screen.getByText(/and on Trakt/)).toBeTruthy();
  expect(new Date(input().value).toISOString()).toBe('2026-01-05T20:15:00.000Z');
  await user.clear(input());
  await user.type(input(), '2026-01-04T21:00');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toBeDefined());
  expect(sent).toEqual({ watched_at: new Date('2026-01-04T21:00').toISOString() });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a forgotten time is sent as unknown', async () => {
  let sent: unknown;
  server.on('PATCH /api/plays/3', (body) => {
    sent = body;
    return { body: play };
  });
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'I don’t know when' }));
  await waitFor(() => expect(sent).toEqual({ watched_at: 'unknown' }));
});

test('an invalid time is explained at its field', async () => {
  const message = 'The time is in the future, or before the first film was made.';
  server.on('PATCH /api/plays/3', {
    status: 422,
    body: errorBody('Invalid.', { fields: { watched_at: message } })
  });
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(message)).toBeTruthy();
  expect(await screen.findByRole('dialog')).toBeTruthy();
});
