// @vitest-environment jsdom
import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import GridSkeleton from './GridSkeleton.svelte';

afterEach(() => vi.useRealTimers());

it('shows placeholders only after a delay', async () => {
  vi.useFakeTimers();
  const { container } = render(GridSkeleton, { count: 2 });
  const placeholders = () => container.querySelectorAll('.aspect-2\\/3').length;
  expect(screen.getByRole('status')).toBeTruthy();
  vi.advanceTimersByTime(99);
  await tick();
  expect(placeholders()).toBe(0);
  vi.advanceTimersByTime(1);
  await tick();
  expect(placeholders()).toBe(2);
});
