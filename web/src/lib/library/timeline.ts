import type { Timeline } from '$lib/api';

/** Appends the next page of a timeline. A day that was split across pages is merged. */
export function joinDays(first: Timeline, next: Timeline): Timeline {
  const days = first.days.map((day) => ({ ...day, plays: [...day.plays] }));
  for (const day of next.days) {
    const last = days.at(-1);
    if (last && last.date === day.date) {
      const known = new Set(last.plays.map((play) => play.id));
      last.plays.push(...day.plays.filter((play) => !known.has(play.id)));
    } else {
      days.push(day);
    }
  }
  return { days, next_before: next.next_before };
}
