// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import RatingsPanel from './RatingsPanel.svelte';

it('every bar has its rating and its votes as text', () => {
  render(RatingsPanel, { rating: 7.9, votes: 1234, distribution: [1, 0, 0, 0, 0, 0, 0, 0, 0, 1233] });
  expect(screen.getByText('7.9')).toBeTruthy();
  const bars = screen.getAllByRole('listitem');
  expect(bars).toHaveLength(10);
  expect(bars[0]?.textContent).toContain('1: 1 vote');
  expect(bars[9]?.textContent).toContain('10: 1,233 votes');
});

it('only the rating is shown without a distribution', () => {
  render(RatingsPanel, { rating: 7.9, votes: 1, distribution: [] });
  expect(screen.getByText('1 vote')).toBeTruthy();
  expect(screen.queryByRole('listitem')).toBeNull();
});
