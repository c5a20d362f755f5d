import { expect, it } from 'vitest';
import type { Play, Timeline } from '$lib/api';
import { joinDays } from './timeline';

const play = (id: number) => ({ id }) as Play;

it('merges a day that was split across pages', () => {
  const first: Timeline = { days: [{ date: '2026-11-21', plays: [play(9), play(8)] }], next_before: 'x' };
  const next: Timeline = {
    days: [
      { date: '2026-11-21', plays: [play(8), play(7)] },
      { date: '2026-11-20', plays: [play(6)] }
    ]
  };
  const whole = joinDays(first, next);
  expect(whole.days.map((day) => day.plays.map((each) => each.id))).toEqual([[9, 8, 7], [6]]);
  expect(whole.next_before).toBeUndefined();
  expect(first.days[0]?.plays).toHaveLength(2);
});
