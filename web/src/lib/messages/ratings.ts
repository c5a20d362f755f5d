// Ratings and the watchlist.
import { pick } from './language';
import { plural } from './locale';

export const en = {
  rate: (title: string) => `How was ${title}?`,
  ratingOf: (title: string) => `Your rating of ${title}`,
  outOfTen: (rating: number) => `${rating} out of 10`,
  short: (rating: number) => `${rating}/10`,
  notRated: 'Not rated',
  star: (rating: number) => `Rate ${rating}`,
  clear: 'Clear rating',

  watchlist: 'Watchlist',
  add: 'Add to watchlist',
  addOf: (title: string) => `Add ${title} to your watchlist`,
  remove: 'Remove from watchlist',
  removeOf: (title: string) => `Remove ${title} from your watchlist`,
  added: 'Added to your watchlist.',
  addedMany: (titles: number) =>
    titles === 1
      ? 'Added to your watchlist.'
      : `${plural(titles, { one: 'title', other: 'titles' })} added to your watchlist.`,
  alreadyListed: 'Already on your watchlist.',
  removed: 'Removed from your watchlist.',
  onWatchlist: 'On your watchlist'
};

export const m = pick('ratings', en);
