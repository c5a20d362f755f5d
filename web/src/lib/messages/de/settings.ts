import type { en } from '../settings';
import { number, plural } from '../locale';

const FILES = { one: 'Datei', other: 'Dateien' };

export const settings: typeof en = {
  settings: 'Einstellungen',
  windowTitle: (part) => `${part} · Einstellungen`,
  profile: 'Profil',
  trakt: 'Trakt',
  libraries: 'Mediatheken',
  matches: 'Zuordnungen',
  people: 'Personen',
  about: 'Über',

  you: 'Du',
  signedInAs: (username) => `Angemeldet als ${username}.`,
  nameSaved: 'Anzeigename gespeichert.',
  appearance: 'Darstellung',
  theme: 'Farben',
  themes: { dark: 'Dunkel', light: 'Hell', system: 'Wie das System' },
  language: 'Sprache',
  matchBrowser: 'Wie der Browser',
  playback: 'Wiedergabe',
  autoplay: 'Nächste Folge automatisch abspielen',
  autoplayText: 'Startet am Ende einer Folge nach einem Countdown. Du kannst ihn abbrechen.',
  remembered: (choices) =>
    choices
      ? `Der Player merkt sich Lautstärke, Geschwindigkeit und Sprachen: ${choices}.`
      : 'Der Player merkt sich Lautstärke, Geschwindigkeit und Sprachen.',
  audioIn: (language) => `Ton auf ${language}`,
  subtitlesIn: (language) => `Untertitel auf ${language}`,
  noSubtitles: 'Untertitel aus',
  passwordText:
    'Wenn du dein Passwort änderst, wirst du auf allen anderen Geräten abgemeldet. API-Tokens gelten weiter, wenn du sie nicht widerrufst.',
  revokeTokens: 'Auch API-Tokens widerrufen',
  revokeTheirTokens: 'Auch die API-Tokens dieser Person widerrufen',
  revokeTokensText: 'Skripte und Programme, die ein Token benutzen, brauchen dann ein neues.',
  currentPassword: 'Aktuelles Passwort',
  changePassword: 'Passwort ändern',
  passwordChanged: 'Passwort geändert.',
  passwordChangedTokensRevoked: 'Passwort geändert und API-Tokens widerrufen.',

  tokens: 'API-Tokens',
  tokensText: 'Für Skripte. Sende ein Token mit jeder Anfrage als „Authorization: Bearer …“.',
  newToken: 'Neues Token',
  newTokenTitle: 'Neues API-Token',
  yourNewToken: 'Dein neues Token',
  copyTokenNow: 'Jetzt kopieren',
  copyTokenText: 'Dieses Token wird nicht noch einmal angezeigt.',
  tokenName: 'Wofür ist es?',
  tokenExample: 'Home Assistant',
  createToken: 'Token erstellen',
  tokenCreated: (when) => `erstellt ${when}`,
  tokenUsed: (when) => `zuletzt benutzt ${when}`,
  tokenUnused: 'nie benutzt',
  deleteToken: (name) => `Token ${name} löschen`,
  deleteTokenTitle: (name) => `Das Token „${name}“ löschen?`,
  deleteTokenText: 'Skripte, die es benutzen, funktionieren sofort nicht mehr.',
  tokenDeleted: 'Token gelöscht.',
  noTokens: 'Noch keine Tokens.',

  librariesText:
    'Ordner mit Filmen oder Serien auf dem Server. Neue Dateien werden innerhalb von Sekunden erkannt.',
  addLibrary: 'Mediathek hinzufügen',
  noLibraries: 'Noch keine Mediatheken',
  noLibrariesText: 'Wähle einen Ordner auf dem Server, in dem Filme oder Serien liegen.',
  libraryKind: 'Was liegt in diesem Ordner?',
  movies: 'Filme',
  shows: 'Serien',
  folder: 'Ordner auf dem Server',
  folderExample: '/srv/media/filme',
  foldersIn: (path) => `Ordner in ${path}`,
  parentFolder: 'Übergeordneter Ordner',
  notReadable: 'nicht lesbar',
  noFolders: 'Hier sind keine Ordner. Nimm diesen oder gehe nach oben.',
  libraryName: 'Name',
  addAndScan: 'Hinzufügen und einlesen',
  libraryAdded: (name) => `„${name}“ wurde hinzugefügt und wird eingelesen.`,
  editLibrary: (name) => `Mediathek ${name} bearbeiten`,
  editLibraryTitle: 'Mediathek bearbeiten',
  editLibraryText:
    'Nach einem Umzug der Dateien trägst du hier den neuen Ordner ein. Was gesehen wurde und alle Zuordnungen bleiben erhalten.',
  librarySaved: (name) => `„${name}“ wurde gespeichert.`,
  unavailableFiles: (count) => `${number(count)} nicht verfügbar`,
  scannedAt: (when) => `eingelesen ${when}`,
  neverScanned: 'noch nicht eingelesen',
  scan: 'Einlesen',
  stop: 'Anhalten',
  removeLibrary: (name) => `Mediathek ${name} entfernen`,
  removeLibraryTitle: (name) => `„${name}“ entfernen?`,
  removeLibraryText:
    'Ihre Titel verschwinden aus Kinometa. Die Dateien auf der Platte und der Verlauf aller Personen bleiben erhalten.',
  removeLibraryConfirm: 'Mediathek entfernen',
  libraryRemoved: (name) => `„${name}“ wurde entfernt.`,

  scanPhase: {
    walking: 'Dateien werden gesucht',
    probing: 'Dateien werden gelesen',
    matching: 'Titel werden erkannt',
    done: 'Fertig',
    stopped: 'Angehalten',
    failed: 'Fehlgeschlagen'
  },
  scannedFiles: (seen, total) =>
    total === undefined ? plural(seen, FILES) : `${number(seen)} von ${plural(total, FILES)}`,
  filesPerSecond: (rate) => `${number(rate)} pro Sekunde`,
  timeLeft: (duration) => `noch etwa ${duration}`,
  newFiles: (count) => `${number(count)} neu`,
  changedFiles: (count) => `${number(count)} geändert`,
  problemFiles: (count) => `${number(count)} mit Problemen`,
  scanStopped: 'Das letzte Einlesen wurde angehalten. Was bis dahin gefunden wurde, bleibt.',

  problems: 'Dateien mit Problemen',
  problemsText: (count) =>
    `${plural(count, { one: 'Datei konnte', other: 'Dateien konnten' })} nicht vollständig gelesen werden. Kinometa versucht es erneut, sobald sich eine Datei ändert.`,

  leftOut: 'Ausgelassen',
  leftOutText: (count) =>
    `${plural(count, { one: 'Datei oder Ordner gehört', other: 'Dateien und Ordner gehören' })} nach Name oder Art nicht zur Mediathek. Das ist kein Fehler.`,

  matchesText: 'Zu welchem Titel jede Datei gehört. Kinometa rät nie: Was unklar ist, wartet hier auf dich.',
  matchState: 'Zustand',
  matchStates: {
    unmatched: { label: 'Nicht zugeordnet', empty: 'Jede Datei hat einen Titel.' },
    ambiguous: { label: 'Mehrdeutig', empty: 'Es gibt nichts auszuwählen.' },
    ignored: { label: 'Ausgeblendet', empty: 'Du hast nichts ausgeblendet.' },
    matched: { label: 'Zugeordnet', empty: 'Noch ist nichts zugeordnet.' }
  },
  withTotal: (label, total) => `${label} (${number(total)})`,
  filesToMatch: (count) =>
    plural(count, { one: 'Titel wartet auf eine Zuordnung', other: 'Titel warten auf eine Zuordnung' }),
  allClear: 'Alles geklärt',
  kind: { movie: 'Film', show: 'Serie', season: 'Staffel', episode: 'Folge' },
  moreFiles: (count) => `und ${plural(count, { one: 'weitere Datei', other: 'weitere Dateien' })}`,
  shownAs: 'Wird angezeigt als',
  fixMatch: 'Zuordnung ändern',
  fixMatchText: 'Suche den richtigen Titel auf Trakt.',
  title: 'Titel',
  year: 'Jahr',
  noCandidates: 'Keine Treffer auf Trakt',
  noCandidatesText: 'Versuche den Originaltitel oder lass das Jahr weg.',
  choose: 'Auswählen',
  chooseCandidate: (name, year) => (year === undefined ? `${name} auswählen` : `${name} ${year} auswählen`),
  matchedTo: (name) => `${name} zugeordnet.`,
  keepFileName: 'Dateinamen verwenden',
  keepsFileName: 'Der Titel wird unter seinem Dateinamen angezeigt.',
  hide: 'Aus der Mediathek ausblenden',
  hideTitle: (name) => `„${name}“ ausblenden?`,
  hideText:
    'Der Titel verschwindet für alle aus der Mediathek. Die Datei bleibt, wo sie ist, und unter „Ausgeblendet“ holst du sie zurück.',
  hidden: 'Aus der Mediathek ausgeblendet.',

  peopleText:
    'Jede Person hat eine eigene Anmeldung, einen eigenen Verlauf und eine eigene Trakt-Verbindung.',
  addPerson: 'Person hinzufügen',
  administrator: 'Administrator',
  administratorText: 'Kann Mediatheken, Personen und die Trakt-API-Anwendung verwalten.',
  itsYou: 'Du',
  traktUser: (username) => `Trakt: ${username}`,
  editPerson: (name) => `${name} bearbeiten`,
  removePerson: (name) => `${name} entfernen`,
  removePersonTitle: (name) => `${name} entfernen?`,
  removePersonText:
    'Konto, Verlauf und Trakt-Verbindung werden von diesem Server gelöscht. Der Verlauf auf Trakt bleibt erhalten.',
  personRemoved: (name) => `${name} wurde entfernt.`,
  personAdded: (name) => `${name} kann sich jetzt anmelden.`,
  personSaved: 'Änderungen gespeichert.',
  newPasswordOptional: 'Neues Passwort (leer lassen, um das aktuelle zu behalten)',

  version: (version) => `Version ${version}`,
  demoVersion: (version) => `Version ${version}, Demo`,
  database: 'Datenbank',
  ffmpeg: 'ffmpeg',
  notFound: 'Nicht gefunden',
  dataFolder: 'Datenordner',
  traktApi: 'Trakt-API',
  started: 'Gestartet',
  ffmpegMissing: 'ffmpeg nicht gefunden',
  ffmpegMissingText:
    'Dateien, die Browser nicht direkt abspielen können, laufen erst, wenn ffmpeg installiert ist. Kinometa findet es ohne Neustart.'
};
