// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { FakeEventSource } from '$lib/testing/event-source';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TraktConnect } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import ConnectModal from './ConnectModal.svelte';

const pending: TraktConnect = {
  state: 'pending',
  message: 'Waiting.',
  user_code: '5055CC52',
  verification_url: 'https://trakt.tv/activate',
  expires_at: new Date(Date.now() + 600_000).toISOString()
};
const done = vi.fn(async () => undefined);

async function showCode() {
  server.on('POST /api/trakt/connect', { body: pending });
  render(ConnectModal, { open: true, done });
  expect((await screen.findByTestId('trakt-code')).textContent).toContain('5055 CC52');
}

const end = (state: TraktConnect['state']) =>
  FakeEventSource.latest.send('connect', { state, message: 'The server’s message.' });

beforeEach(() => live.open());
afterEach(() => {
  live.close();
  done.mockClear();
});

it('shows the code, where to enter it and how long it is valid', async () => {
  await showCode();
  const link = screen.getByRole('link', { name: /Open activation page/ });
  expect(link.getAttribute('href')).toBe('https://trakt.tv/activate');
  expect(screen.getByText(/Expires in/).textContent).toMatch(/Expires in\s+(10:00|9:5\d)/);
});

it.each([
  ['denied', 'Access denied on Trakt', 'Get a new code'],
  ['expired', 'The code expired', 'Get a new code'],
  ['used', 'This code was already used', 'Get a new code'],
  ['unreachable', 'Couldn’t connect', 'Try again'],
  ['not_saved', 'Couldn’t save the connection', 'Try again']
] as const)('offers another attempt after the result %s', async (state, title, retry) => {
  await showCode();
  end(state);
  expect(await screen.findByText(title)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: retry }));
  await screen.findByTestId('trakt-code');
  expect(server.requests.filter((request) => request === 'POST /api/trakt/connect')).toHaveLength(2);
});

it.each(['wrong_secret', 'application_not_allowed'] as const)(
  'offers no further attempt after the result %s',
  async (state) => {
    await showCode();
    end(state);
    await waitFor(() => expect(screen.queryByTestId('trakt-code')).toBeNull());
    const buttons = screen.getAllByRole('button').map((button) => button.textContent.trim() || button.title);
    expect(buttons).toEqual(['Close', 'Close']);
  }
);

it('refreshes the page behind the dialog once connected', async () => {
  await showCode();
  end('approved');
  expect(await screen.findByText('Connected')).toBeTruthy();
  expect(done).toHaveBeenCalledOnce();
});

it('shows why no code could be requested', async () => {
  server.on('POST /api/trakt/connect', {
    status: 422,
    body: errorBody('Trakt is unavailable.', { action: 'Try again later.' })
  });
  render(ConnectModal, { open: true, done });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Trakt is unavailable.');
  expect(alert.textContent).toContain('Try again later.');
});

it('cancels the code when the dialog is closed', async () => {
  await showCode();
  server.on('DELETE /api/trakt/connect', {});
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(server.requests).toContain('DELETE /api/trakt/connect'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
