// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import SkipButton from './SkipButton.svelte';

it.each([
  ['intro', 'Skip intro'],
  ['recap', 'Skip recap'],
  ['credits', 'Skip credits']
] as const)('skips the %s with mouse and keyboard', async (kind, name) => {
  const run = vi.fn();
  render(SkipButton, { kind, run });
  const button = screen.getByRole('button', { name });
  await userEvent.click(button);
  expect(document.activeElement).toBe(button);
  await userEvent.keyboard('{Enter}');
  expect(run).toHaveBeenCalledTimes(2);
});
