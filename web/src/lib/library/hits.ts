// Search results (titles and people) as listed by the search box.
import type { FoundPerson, TitleCard } from '$lib/api';
import { personHref } from '$lib/format/people';
import { titleHref } from '$lib/format/title';

interface Place {
  /** Unique among all hits: titles and people have separate IDs. */
  key: string;
  href: string;
}

export type Hit = Place &
  ({ title: TitleCard; person?: undefined } | { title?: undefined; person: FoundPerson });

export const hitsOf = (found: (TitleCard | FoundPerson)[]): Hit[] =>
  found.map((one) =>
    'kind' in one
      ? { key: `title-${one.id}`, href: titleHref(one), title: one }
      : { key: `person-${one.id}`, href: personHref(one.id), person: one }
  );
