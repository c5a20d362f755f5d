// Names of people's parts in titles, and addresses of their pages.
import type { Credit, PersonDetail } from '$lib/api';
import { m } from '$lib/messages/people';
import { calendarDay } from './time';

export const personHref = (id: number) => `/people/${id}`;

/** The role of an actor or guest star, or the translated jobs of a crew member. */
export function partName({ kind, part }: Pick<Credit, 'kind' | 'part'>): string {
  if (!part || kind === 'cast' || kind === 'guest') return part ?? '';
  const names = part.split(', ').map((job) => m.jobs[job] ?? job);
  return [...new Set(names)].join(', ');
}

/** `Born 5 May 1951 in Trieste`, `Died 6 June 2001`. */
export function lifeFacts({ birthday, birthplace, death }: PersonDetail): string[] {
  const day = birthday ? calendarDay(birthday) : '';
  const born =
    day && birthplace
      ? m.bornDayIn(day, birthplace)
      : day
        ? m.born(day)
        : birthplace
          ? m.bornIn(birthplace)
          : '';
  return [born, death ? m.died(calendarDay(death)) : ''].filter(Boolean);
}
