// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { render, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { movie } from '$lib/testing/data';
import TopUnwatched from './TopUnwatched.svelte';

it('shows only movies with a rating', async () => {
  const rated = { ...movie, id: 1, name: 'Metropolis', rating: 8.1 };
  const unrated = { ...movie, id: 2, name: 'Faust', rating: undefined };
  server.on('GET /api/titles', { body: { items: [rated, unrated], total: 2 } });
  render(TopUnwatched);
  expect(await screen.findByRole('heading', { name: /Top-rated/ })).toBeTruthy();
  expect(screen.getByTitle(/Metropolis/)).toBeTruthy();
  expect(screen.queryByTitle(/Faust/)).toBeNull();
});

it('is hidden if no movie has a rating', async () => {
  server.on('GET /api/titles', { body: { items: [{ ...movie, rating: undefined }], total: 1 } });
  render(TopUnwatched);
  await waitFor(() => expect(server.requests).toContain('GET /api/titles'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(screen.queryByRole('heading')).toBeNull();
});
