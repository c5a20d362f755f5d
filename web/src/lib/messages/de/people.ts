import { number, plural } from '../locale';
import type { en } from '../people';

export const people: typeof en = {
  people: 'Personen',
  castAndCrew: 'Besetzung und Stab',
  guestStars: 'Gastauftritte',
  related: 'Ähnliche Titel',
  inLibrary: 'In deiner Mediathek',
  notInLibrary: 'Nicht in der Mediathek',
  inLists: 'Auf deinen Listen',
  readingTrakt: 'Besetzung und ähnliche Titel werden von Trakt geladen',

  ratings: 'Bewertungen auf Trakt',
  outOfTen: 'von 10',
  voteCount: (votes) => plural(votes, { one: 'Stimme', other: 'Stimmen' }),
  votesFor: (rating, votes) => `${rating}: ${number(votes)} ${votes === 1 ? 'Stimme' : 'Stimmen'}`,

  trailer: 'Trailer',
  onYouTube: 'auf YouTube',

  createdBy: 'Idee',
  directedBy: 'Regie',
  writtenBy: 'Drehbuch',

  born: (day) => `Geboren am ${day}`,
  bornIn: (place) => `Geboren in ${place}`,
  bornDayIn: (day, place) => `Geboren am ${day} in ${place}`,
  died: (day) => `Gestorben am ${day}`,
  otherTitles: 'Außerdem bekannt für',
  nothingHere: 'Noch nichts in deiner Mediathek.',
  viewOnTrakt: 'Auf Trakt ansehen',
  titleCount: (count) => `${plural(count, { one: 'Titel', other: 'Titel' })} in deiner Mediathek`,

  jobs: {
    Creator: 'Idee',
    Director: 'Regie',
    'Director of Photography': 'Kamera',
    Editor: 'Schnitt',
    'Executive Producer': 'Ausführende Produktion',
    'Original Music Composer': 'Musik',
    Producer: 'Produktion',
    Screenplay: 'Drehbuch',
    Story: 'Geschichte',
    Writer: 'Drehbuch'
  }
};
