// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { PersonDetail } from '$lib/api';
import { movie } from '$lib/testing/data';
import type { Query } from '$lib/state/query.svelte';
import PersonPage from './PersonPage.svelte';

const person: PersonDetail = {
  id: 3,
  name: 'Greta Schröder',
  is_loading: false,
  birthday: '1892-06-27',
  birthplace: 'Düsseldorf',
  biography: 'An actor.',
  trakt_url: 'https://trakt.tv/people/greta-schroeder',
  titles: [
    { kind: 'movie', name: 'Nosferatu', year: 1922, in_library: true, title: movie, part: 'Ellen Hutter' },
    {
      kind: 'movie',
      name: 'The Golem',
      year: 1920,
      in_library: false,
      trakt_url: 'https://trakt.tv/movies/9'
    }
  ]
};

const shown = (data: Partial<PersonDetail>) =>
  render(PersonPage, { person: { data: { ...person, ...data } } as Query<PersonDetail> });

it('shows titles of the library with the role first, and others below', () => {
  shown({});
  expect(screen.getByRole('heading', { level: 1 }).textContent?.trim()).toBe('Greta Schröder');
  expect(screen.getByText('Born 27 June 1892 in Düsseldorf')).toBeTruthy();
  const owned = within(screen.getByRole('region', { name: 'In your library' }));
  expect(owned.getByTitle('Nosferatu (1922)').closest('a')?.getAttribute('href')).toBe('/title/7');
  expect(owned.getByText('Ellen Hutter')).toBeTruthy();
  const others = within(screen.getByRole('region', { name: 'Also known for' }));
  const link = others.getByRole('link', { name: /The Golem/ });
  expect(link.getAttribute('href')).toBe('https://trakt.tv/movies/9');
  expect(link.textContent).toContain('opens in a new tab');
});

it('shows that a person has no titles in the library', () => {
  shown({ titles: [] });
  expect(screen.getByText('Nothing in your library yet.')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Also known for' })).toBeNull();
});
