// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { TitleCard } from '$lib/api';
import TitleRating from './TitleRating.svelte';

const film = (my_rating: number | null) =>
  ({ id: 7, kind: 'movie', name: 'Metropolis', my_rating }) as TitleCard;
const shown = () => screen.getByRole('slider').getAttribute('aria-valuetext');

it('shows a new rating immediately, and later changes from elsewhere', async () => {
  server.on('PUT /api/titles/7/rating', { status: 204 });
  const { rerender } = render(TitleRating, { title: film(null) });
  screen.getByRole('slider').focus();
  await userEvent.keyboard('8{Enter}');
  await waitFor(() => expect(shown()).toBe('8 out of 10'));
  await rerender({ title: film(8) });
  expect(shown()).toBe('8 out of 10');
  await rerender({ title: film(6) });
  expect(shown()).toBe('6 out of 10');
  await rerender({ title: film(null) });
  expect(shown()).toBe('Not rated');
});
