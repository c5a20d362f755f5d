import type { en } from '../navigation';
import { plural } from '../locale';

export const navigation: typeof en = {
  mainNavigation: 'Hauptnavigation',
  home: 'Start',
  movies: 'Filme',
  shows: 'Serien',
  statistics: 'Statistik',
  collections: 'Sammlungen',
  lists: 'Listen',
  timeline: 'Verlauf',
  settings: 'Einstellungen',
  homeLink: 'Kinometa, Startseite',
  skipToContent: 'Zum Inhalt springen',
  demoNote: 'Beispielmediathek. Trakt wird auf diesem Rechner simuliert.',

  disconnected: 'Keine Verbindung zu Kinometa.',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  traktDisconnected: 'Trakt ist getrennt',
  clickToReconnect: 'zum Neuverbinden klicken',

  incognito: 'Inkognito',
  incognitoOnHint: 'Inkognito ist an: Nichts, was du in diesem Tab abspielst, wird an Trakt gesendet',
  incognitoOffHint: 'Inkognito: in diesem Tab abspielen, ohne etwas an Trakt zu senden',
  incognitoOn: 'Inkognito ist in diesem Tab an.',
  incognitoOnDetail: 'Was du hier abspielst, wird nicht an Trakt gesendet.',
  incognitoOff: 'Inkognito ist aus.',

  accountMenu: (name) => `Konto: ${name}`,
  administrator: 'Administrator',
  profile: 'Profil',
  signOut: 'Abmelden',

  traktMark: {
    label: (state) => `Trakt: ${state}`,
    connected: 'verbunden',
    waiting: (count) => plural(count, { one: 'Änderung wartet', other: 'Änderungen warten' }),
    rejected: (count) => plural(count, { one: 'Änderung abgelehnt', other: 'Änderungen abgelehnt' }),
    trouble: 'antwortet nicht',
    reconnect: 'neu verbinden',
    broken: 'funktioniert nicht',
    notConnected: 'nicht verbunden'
  },

  clearSearch: 'Suche leeren',
  searchResults: 'Suchergebnisse',
  noHits: (query) => `Nichts in deiner Mediathek passt zu „${query}“.`
};
