import { describe, expect, it } from 'vitest';
import { clock, countdown, dayName, relative, remaining, runtime, spokenClock } from './time';

const now = new Date('2026-11-21T20:00:00');

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [65_400, '1:05'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
    [Number.NaN, '0:00'],
    [Number.POSITIVE_INFINITY, '0:00']
  ])('shows %d ms as %s', (milliseconds, expected) => expect(clock(milliseconds)).toBe(expected));
});

it('formats a position for screen readers', () => {
  expect(spokenClock(3_661_000)).toBe('1 hour 1 minute 1 second');
  expect(spokenClock(120_000)).toBe('2 minutes');
  expect(spokenClock(0)).toBe('0 seconds');
});

it('formats running times', () => {
  expect(runtime(48)).toBe('48 min');
  expect(runtime(102)).toBe('1 h 42 min');
  expect(runtime(120)).toBe('2 h');
  expect(runtime(undefined)).toBe('');
});

it('formats remaining times', () => {
  expect(remaining(0.2)).toBe('1 s');
  expect(remaining(59)).toBe('59 s');
  expect(remaining(240)).toBe('4 min');
});

it('counts down and stops at zero', () => {
  expect(countdown('2026-11-21T20:09:41', now)).toBe('9:41');
  expect(countdown('2026-11-21T19:00:00', now)).toBe('0:00');
  expect(countdown(null, now)).toBe('');
});

it('names days in the user’s time zone', () => {
  expect(dayName('2026-11-21', now)).toBe('Today');
  expect(dayName('2026-11-20', now)).toBe('Yesterday');
  expect(dayName('2026-11-06', now)).toBe('Friday 6 November');
  expect(dayName('2025-11-06', now)).toBe('Thursday 6 November 2025');
});

it('formats times relative to now', () => {
  expect(relative('2026-11-21T19:59:40', now)).toBe('just now');
  expect(relative('2026-11-21T19:55:00', now)).toBe('5 minutes ago');
  expect(relative('2026-11-21T22:00:00', now)).toBe('in 2 hours');
  expect(relative('2026-11-20T20:00:00', now)).toBe('yesterday');
  expect(relative('2026-03-01T20:00:00', now)).toBe('1 March 2026');
});
