import { expect, test } from 'vitest';
import { duration, hourOfDay, inHours, monthName, weekday, weekName } from './statistics';

test.each([
  [0, '0 min'],
  [45, '45 min'],
  [60, '1 hour'],
  [750, '12.5 hours'],
  [72_240, '1,204 hours']
])('%i minutes are formatted as %s', (minutes, text) => {
  expect(duration(minutes)).toBe(text);
});

test('hours on an axis have one decimal', () => {
  expect(inHours(100)).toBe(1.7);
});

test('names of days, hours, months and weeks do not depend on the time zone', () => {
  expect([weekday(0, 'long'), weekday(6, 'short')]).toEqual(['Monday', 'Sun']);
  expect([hourOfDay(9), hourOfDay(23)]).toEqual(['09:00–10:00', '23:00–00:00']);
  expect([monthName('2026-03-01', 'short'), monthName('2026-03-01', 'long')]).toEqual(['Mar', 'March 2026']);
  expect([weekName('2026-03-02', 'short'), weekName('2026-03-02', 'long')]).toEqual([
    '2 Mar',
    'Week of 2 March 2026'
  ]);
});
