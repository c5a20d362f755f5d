// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import ClampedText from './ClampedText.svelte';

/** Simulates a text of this height in pixels, in a box of 40. */
function tall(height: number) {
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(40);
}

afterEach(() => vi.restoreAllMocks());

it('a cut text can be expanded and collapsed', async () => {
  tall(90);
  render(ClampedText, { text: 'Long', clamp: 'line-clamp-2' });
  const more = await screen.findByRole('button', { name: 'More', expanded: false });
  await userEvent.click(more);
  expect(screen.getByText('Long').className).not.toContain('line-clamp-2');
  await userEvent.click(screen.getByRole('button', { name: 'Less', expanded: true }));
  expect(screen.getByText('Long').className).toContain('line-clamp-2');
});

it('a text that fits has no button', () => {
  tall(40);
  render(ClampedText, { text: 'Short', clamp: 'line-clamp-2' });
  expect(screen.queryByRole('button')).toBeNull();
});

it('a new text starts collapsed', async () => {
  tall(90);
  const { rerender } = render(ClampedText, { text: 'One', clamp: 'line-clamp-2' });
  await userEvent.click(await screen.findByRole('button', { name: 'More' }));
  await rerender({ text: 'Another' });
  expect(await screen.findByRole('button', { name: 'More', expanded: false })).toBeTruthy();
  expect(screen.getByText('Another').className).toContain('line-clamp-2');
});
