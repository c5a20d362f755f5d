// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { movie } from '$lib/testing/data';
import SearchBox from './SearchBox.svelte';

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock('$app/navigation', () => ({ goto }));
vi.mock('$app/state', () => ({ page: { route: { id: '/' }, url: new URL('http://localhost/') } }));

beforeEach(() => {
  goto.mockClear();
  server.on('GET /api/search', {
    body: { movies: [movie], shows: [], episodes: [], people: [{ id: 7, name: 'Greta Schröder', titles: 2 }] }
  });
});

it('groups the results, and opens a person with the keyboard', async () => {
  render(SearchBox);
  const box = screen.getByRole('combobox');
  await userEvent.type(box, 'greta');
  const people = within(await screen.findByRole('group', { name: 'People' }));
  expect(people.getByRole('option').textContent).toContain('2 titles in your library');
  expect(within(screen.getByRole('group', { name: 'Movies' })).getAllByRole('option')).toHaveLength(1);

  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  const active = screen.getByRole('option', { selected: true });
  expect(box.getAttribute('aria-activedescendant')).toBe(active.id);
  expect(active.textContent).toContain('Greta Schröder');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(goto).toHaveBeenCalledWith('/people/7'));
});

it('opens the results page when no result is selected', async () => {
  render(SearchBox);
  await userEvent.type(screen.getByRole('combobox'), 'nosf{Enter}');
  await waitFor(() => expect(goto).toHaveBeenCalledWith('/search?q=nosf', { keepFocus: true }));
});
