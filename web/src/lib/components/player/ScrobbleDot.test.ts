// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { ScrobbleStatus } from '$lib/api';
import ScrobbleDot from './ScrobbleDot.svelte';

const status = (state: ScrobbleStatus['state'], more: Partial<ScrobbleStatus> = {}): ScrobbleStatus => ({
  state,
  code: 'test',
  message: 'Details.',
  counted: false,
  ...more
});

it.each([
  ['off', 'Not sent to Trakt'],
  ['scrobbling', 'Scrobbling'],
  ['queued', 'Waiting to sync'],
  ['failed', 'Not scrobbled'],
  ['private', 'Private']
] as const)('labels the state %s as “%s”', (state, label) => {
  render(ScrobbleDot, { status: status(state) });
  const dot = screen.getByRole('button', { name: `Trakt: ${label}. Details.` });
  expect(dot.dataset.scrobble).toBe(state);
  expect(screen.getByRole('status').textContent).toBe(`Trakt: ${label}`);
});

it.each(['not_configured', 'disconnected'])('shows that Trakt is not connected: %s', (code) => {
  render(ScrobbleDot, { status: status('off', { code }) });
  expect(screen.getByRole('status').textContent).toBe('Trakt: Trakt not connected');
});

it('shows “Watched” once the viewing counts on Trakt, but not while it is queued', async () => {
  const { rerender } = render(ScrobbleDot, { status: status('queued', { counted: true }) });
  expect(screen.getByRole('status').textContent).toBe('Trakt: Waiting to sync');
  await rerender({ status: status('scrobbling', { counted: true }) });
  expect(screen.getByRole('status').textContent).toBe('Trakt: Watched');
});

it('explains a failure and links to the solution', async () => {
  const action = { code: 'test', label: 'Reconnect', href: '/settings/integrations/trakt' };
  render(ScrobbleDot, { status: status('failed', { message: 'The connection ended.', action }) });
  expect(screen.queryByText('Reconnect')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /^Trakt: Not scrobbled/ }));
  expect(screen.getByText('The connection ended.')).toBeTruthy();
  expect(screen.getByText('Reconnect').closest('a')?.getAttribute('href')).toBe(action.href);
});
