// @vitest-environment jsdom
import '$lib/testing/server';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Rating from './Rating.svelte';

function shown(value: number | null) {
  const rate = vi.fn(async () => undefined);
  render(Rating, { name: 'Nosferatu', value, rate });
  return { rate, slider: screen.getByRole('slider', { name: 'Your rating of Nosferatu' }) };
}

it('has the rating as accessible value', () => {
  expect(shown(8).slider.getAttribute('aria-valuetext')).toBe('8 out of 10');
});

it('has no button to clear if the title is not rated', () => {
  expect(shown(null).slider.getAttribute('aria-valuetext')).toBe('Not rated');
  expect(screen.queryByRole('button', { name: 'Clear rating' })).toBeNull();
});

it('sends a clicked star immediately', async () => {
  const { rate } = shown(null);
  await userEvent.click(screen.getByTitle('Rate 7'));
  expect(rate).toHaveBeenCalledExactlyOnceWith(7);
});

it('sends one rating after several keys', async () => {
  const { rate, slider } = shown(null);
  slider.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(slider.getAttribute('aria-valuenow')).toBe('3');
  expect(rate).not.toHaveBeenCalled();
  await waitFor(() => expect(rate).toHaveBeenCalledExactlyOnceWith(3), { timeout: 5_000 });
});

it.each([
  ['9', 9],
  ['0', 10],
  ['{Home}', 1],
  ['{End}', 10],
  ['{Delete}', null]
])('the key %s rates %s', async (key, rating) => {
  const { rate, slider } = shown(5);
  slider.focus();
  await userEvent.keyboard(`${key}{Enter}`);
  await waitFor(() => expect(rate).toHaveBeenCalledExactlyOnceWith(rating));
});

it('sends a pending rating when the focus leaves', async () => {
  const { rate, slider } = shown(5);
  slider.focus();
  await userEvent.keyboard('{ArrowUp}');
  await fireEvent.blur(slider);
  await waitFor(() => expect(rate).toHaveBeenCalledExactlyOnceWith(6));
});

it('clears the rating', async () => {
  const { rate } = shown(5);
  await userEvent.click(screen.getByRole('button', { name: 'Clear rating' }));
  expect(rate).toHaveBeenCalledExactlyOnceWith(null);
});
