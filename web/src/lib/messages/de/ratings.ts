import type { en } from '../ratings';
import { number } from '../locale';

export const ratings: typeof en = {
  rate: (title) => `Wie war ${title}?`,
  ratingOf: (title) => `Deine Bewertung von ${title}`,
  outOfTen: (rating) => `${rating} von 10`,
  short: (rating) => `${rating}/10`,
  notRated: 'Nicht bewertet',
  star: (rating) => `Mit ${rating} bewerten`,
  clear: 'Bewertung löschen',

  watchlist: 'Merkliste',
  add: 'Auf die Merkliste',
  addOf: (title) => `${title} auf deine Merkliste setzen`,
  remove: 'Von der Merkliste nehmen',
  removeOf: (title) => `${title} von deiner Merkliste nehmen`,
  added: 'Steht auf deiner Merkliste.',
  addedMany: (titles) =>
    titles === 1 ? 'Steht auf deiner Merkliste.' : `${number(titles)} Titel stehen auf deiner Merkliste.`,
  alreadyListed: 'Steht schon auf deiner Merkliste.',
  removed: 'Von deiner Merkliste genommen.',
  onWatchlist: 'Auf deiner Merkliste'
};
