// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { KnownTitle } from '$lib/api';
import { movie } from '$lib/testing/data';
import KnownTitleCard from './KnownTitleCard.svelte';

const known: KnownTitle = { kind: 'movie', trakt_id: 9, name: 'Faust', year: 1926, in_library: false };

it('titles in the library link to their page', () => {
  render(KnownTitleCard, { known: { ...known, in_library: true, title: movie } });
  expect(screen.getByTitle('Nosferatu (1922)').closest('a')?.getAttribute('href')).toBe('/title/7');
  expect(screen.queryByText('Not in the library')).toBeNull();
});

it('other titles link to Trakt in a new tab, and are marked as not in the library', () => {
  render(KnownTitleCard, { known: { ...known, trakt_url: 'https://trakt.tv/movies/9' } });
  const link = screen.getByRole('link', { name: /Faust/ });
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual([
    'https://trakt.tv/movies/9',
    '_blank'
  ]);
  expect(screen.getByText('Not in the library')).toBeTruthy();
});

it('titles without any page have no link', () => {
  render(KnownTitleCard, { known });
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getAllByText('Faust').length).toBeGreaterThan(0);
});
