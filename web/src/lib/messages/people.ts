// Cast and crew, and a title page's trailer and related titles.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  people: 'People',
  castAndCrew: 'Cast and crew',
  guestStars: 'Guest stars',
  related: 'More like this',
  inLibrary: 'In your library',
  notInLibrary: 'Not in the library',
  inLists: 'On your lists',
  readingTrakt: 'Loading cast and related titles from Trakt',

  ratings: 'Ratings on Trakt',
  outOfTen: 'out of 10',
  voteCount: (votes: number) => plural(votes, { one: 'vote', other: 'votes' }),
  votesFor: (rating: number, votes: number) =>
    `${rating}: ${number(votes)} ${votes === 1 ? 'vote' : 'votes'}`,

  trailer: 'Trailer',
  onYouTube: 'on YouTube',

  createdBy: 'Created by',
  directedBy: 'Directed by',
  writtenBy: 'Written by',

  born: (day: string) => `Born ${day}`,
  bornIn: (place: string) => `Born in ${place}`,
  bornDayIn: (day: string, place: string) => `Born ${day} in ${place}`,
  died: (day: string) => `Died ${day}`,
  otherTitles: 'Also known for',
  nothingHere: 'Nothing in your library yet.',
  viewOnTrakt: 'View on Trakt',
  titleCount: (count: number) => `${plural(count, { one: 'title', other: 'titles' })} in your library`,

  /** Jobs that are not called by Trakt's name for them. */
  jobs: {} as Record<string, string>
};

export const m = pick('people', en);
