// @vitest-environment jsdom
import { errorBody, server } from '$lib/testing/server';
import '$lib/testing/lazy';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ListPreview } from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';
import FollowList from './FollowList.svelte';

const goto = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock('$app/navigation', () => ({ goto }));

const preview: ListPreview = {
  kind: 'personal',
  name: 'Rainy Sunday',
  owner: { slug: 'sean', name: 'Sean' },
  item_count: 2,
  url: 'https://trakt.tv/users/sean/lists/55',
  titles: [
    { kind: 'movie', name: 'Metropolis', year: 1927, in_library: true, title_id: 7 },
    { kind: 'movie', name: 'Nosferatu', year: 1922, in_library: false }
  ]
};

beforeEach(() => server.on('GET /api/lists/choices', { body: [] }));
afterEach(() => {
  toasts.items = [];
  goto.mockClear();
});

async function enter(address: string) {
  render(FollowList, { open: true });
  await userEvent.type(await screen.findByLabelText('Address on Trakt'), address);
  await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
}

it('previews a list before it is followed, and opens it afterwards', async () => {
  const bodies: unknown[] = [];
  server.on('GET /api/lists/preview', { body: preview });
  server.on('POST /api/lists', (body) => {
    bodies.push(body);
    return { status: 201, body: { id: 12 } };
  });
  await enter('trakt.tv/users/sean/lists/55');
  expect(await screen.findByRole('heading', { name: 'Rainy Sunday' })).toBeTruthy();
  expect(screen.getByText('By Sean · 2 entries')).toBeTruthy();
  expect(screen.getByText('In library')).toBeTruthy();
  expect(bodies).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Follow' }));
  await waitFor(() => expect(goto).toHaveBeenCalledWith('/lists/12'));
  expect(bodies).toEqual([{ url: 'trakt.tv/users/sean/lists/55' }]);
});

it('shows what is wrong with an address at its field', async () => {
  server.on('GET /api/lists/preview', {
    status: 422,
    body: errorBody('Not on Trakt.', { fields: { url: 'Not on Trakt.' } })
  });
  await enter('https://example.org/list');
  expect(await screen.findByText('Not on Trakt.')).toBeTruthy();
  expect(screen.getByLabelText('Address on Trakt').getAttribute('aria-invalid')).toBe('true');
});

it('offers to open a list that is followed already', async () => {
  server.on('GET /api/lists/preview', { body: { ...preview, followed: 12 } });
  await enter('trakt.tv/users/sean/lists/55');
  expect((await screen.findByRole('link', { name: 'Open list' })).getAttribute('href')).toBe('/lists/12');
  expect(screen.queryByRole('button', { name: 'Follow' })).toBeNull();
});

it('offers the lists that the account owns and likes', async () => {
  server.on('GET /api/lists/choices', {
    body: [
      {
        kind: 'personal',
        own: true,
        name: 'Gifts',
        item_count: 3,
        url: 'https://trakt.tv/users/anna/lists/1'
      },
      {
        kind: 'personal',
        own: false,
        name: 'Rainy Sunday',
        owner: { slug: 'sean', name: 'Sean' },
        item_count: 2,
        url: 'https://trakt.tv/users/sean/lists/55'
      }
    ]
  });
  server.on('GET /api/lists/preview', { body: preview });
  render(FollowList, { open: true });
  expect(await screen.findByText('Your lists on Trakt')).toBeTruthy();
  expect(screen.getByText('By Sean · 2 entries')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Preview Rainy Sunday' }));
  expect(await screen.findByRole('button', { name: 'Follow' })).toBeTruthy();
});
