import { expect, it } from 'vitest';
import { decimal, number, percent, plural } from './locale';

const EPISODES = { one: 'episode', other: 'episodes' };

it.each([
  [0, '0 episodes'],
  [1, '1 episode'],
  [2, '2 episodes'],
  [1_200, '1,200 episodes']
])('formats a count of %d as %s', (count, expected) => expect(plural(count, EPISODES)).toBe(expected));

it('formats numbers and percentages', () => {
  expect(number(10_000)).toBe('10,000');
  expect([decimal(7.46), decimal(8)]).toEqual(['7.5', '8.0']);
  expect([percent(14), percent(33.4), percent(100)]).toEqual(['14%', '33%', '100%']);
});
