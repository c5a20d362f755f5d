import { expect, it } from 'vitest';
import { pace, secondsLeft, withSample, type Sample } from './pace';

const samples = (...done: [number, number][]) =>
  done.reduce<Sample[]>((all, [at, amount]) => withSample(all, { at, done: amount }), []);

it('has no speed after the first sample', () => {
  expect(pace(samples([0, 100]))).toBeNull();
  expect(secondsLeft(samples([0, 100]), 1000)).toBeNull();
});

it('measures the speed and the remaining time', () => {
  const two = samples([0, 100], [2000, 300]);
  expect(pace(two)).toBe(100);
  expect(secondsLeft(two, 1000)).toBe(7);
  expect(secondsLeft(two, undefined)).toBeNull();
  expect(secondsLeft(two, 300)).toBeNull();
});

it('forgets old samples, and starts again with a new import', () => {
  expect(pace(samples([0, 0], [1000, 1], [60_000, 10], [61_000, 30]))).toBe(20);
  expect(samples([0, 500], [1000, 10])).toEqual([{ at: 1000, done: 10 }]);
});

it('ignores samples without progress', () => {
  expect(samples([0, 5], [9000, 5])).toEqual([{ at: 0, done: 5 }]);
});
