// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { PlaybackTimeline } from '$lib/api';
import ScrubBar from './ScrubBar.svelte';

const timeline: PlaybackTimeline = {
  chapters: [
    { start_ms: 0, end_ms: 25_000, title: 'Intro' },
    { start_ms: 25_000, end_ms: 90_000 },
    { start_ms: 90_000, end_ms: 100_000, title: 'Credits' }
  ]
};
const bar = (position: number, more: Partial<PlaybackTimeline> = {}) => ({
  position,
  duration: 100,
  buffered: 0,
  seek: () => undefined,
  timeline: { ...timeline, ...more },
  previewing: 'nothing' as const
});

it('marks the start of each chapter except the first', () => {
  const { container } = render(ScrubBar, bar(10));
  const marks = [...container.querySelectorAll<HTMLElement>('[data-chapter]')];
  expect(marks.map((mark) => mark.style.left)).toEqual(['25%', '90%']);
});

it('has no marks for chapters beyond the end', () => {
  const beyond = { start_ms: 200_000, end_ms: 300_000, title: 'Beyond' };
  const { container } = render(ScrubBar, bar(10, { chapters: [beyond] }));
  expect(container.querySelectorAll('[data-chapter]')).toHaveLength(0);
});

it('includes the current chapter in the accessible value', async () => {
  const { rerender } = render(ScrubBar, bar(10));
  const slider = screen.getByRole('slider', { name: 'Seek' });
  expect(slider.getAttribute('aria-valuetext')).toMatch(/, Intro$/);
  await rerender(bar(30));
  expect(slider.getAttribute('aria-valuetext')).not.toContain('Intro');
});
