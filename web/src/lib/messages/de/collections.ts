import type { en } from '../collections';
import { number, plural } from '../locale';

const missing = (count: number) => `${number(count)} ${count === 1 ? 'fehlt' : 'fehlen'}`;

export const collections: typeof en = {
  collections: 'Sammlungen',
  collectionCount: (count) => plural(count, { one: 'Sammlung', other: 'Sammlungen' }),
  noCollections: 'Noch keine Sammlungen',
  noCollectionsAdmin:
    'Trag deine config.yml von Kometa ein, dann erstellt Kinometa die Sammlungen, die darin stehen.',
  noCollectionsMember: 'Sammlungen erscheinen hier, sobald ein Administrator welche eingerichtet hat.',
  setUp: 'Sammlungen einrichten',
  emptyCollection: 'Diese Sammlung ist leer',
  emptyCollectionText: 'Keiner ihrer Titel ist in der Mediathek.',
  inCollections: 'In diesen Sammlungen',
  playlist: 'Playlist',
  titleCount: (count) => plural(count, { one: 'Titel', other: 'Titel' }),
  missingCount: missing,
  missingTitle: (name) => `Fehlt in ${name}`,
  missingText: 'Steht auf den Listen der Sammlung, fehlte aber beim letzten Durchlauf in deiner Mediathek.',
  nothingMissing: 'Es fehlt nichts',
  nothingMissingText: 'In deiner Mediathek ist alles, was auf den Listen steht.',
  backTo: (name) => `Zurück zu ${name}`,
  addToWatchlist: 'Auf die Merkliste',
  addToWatchlistOf: (title) => `${title} auf die Merkliste setzen`,
  onWatchlist: 'Auf der Merkliste',
  watchlisted: (title) => `${title} steht auf der Merkliste.`,
  seasonOf: (season) => `Staffel ${season}`,
  episodeOf: (season, episode) => `Staffel ${season}, Folge ${episode}`,
  onTrakt: 'Auf Trakt',

  files: 'Konfigurationsdateien',
  filesText:
    'Kinometa liest deine config.yml von Kometa unverändert und erstellt die Sammlungen daraus mit Trakt in deinen eigenen Mediatheken.',
  register: 'Datei eintragen',
  registerText: 'Die Datei muss auf dem Server liegen oder in seinen Container eingehängt sein.',
  path: 'Pfad der config.yml',
  registered: 'Datei eingetragen.',
  noFiles: 'Keine Datei eingetragen',
  noFilesText:
    'Trag die config.yml ein, die du mit Kometa benutzt. Darin ändert sich nichts außer den Trakt-Zugangsdaten, wenn sie erneuert werden.',
  runNow: 'Jetzt ausführen',
  cancelRun: 'Abbrechen',
  runStarted: 'Die Sammlungen werden erstellt.',
  neverRan: 'nie ausgeführt',
  lastRun: (when) => `zuletzt ausgeführt ${when}`,
  removeFile: (path) => `${path} entfernen`,
  removeFileTitle: 'Diese Datei entfernen?',
  removeFileText: 'Ihre Durchläufe werden gelöscht. Die Datei selbst und ihre Sammlungen bleiben.',
  removeFileConfirm: 'Datei entfernen',
  fileRemoved: 'Datei entfernt.',
  schedule: 'Wann sie läuft',
  enabled: 'Automatisch ausführen',
  enabledText: 'Hält auch die Trakt-Zugangsdaten in der Datei aktuell, solange der Server läuft.',
  daily: 'Täglich',
  dailyText: 'Ob eine Sammlung dann erstellt wird, bestimmt ihr eigener Zeitplan.',
  dailyAt: 'Uhrzeit',
  dailyAtHint: 'In der Zeitzone des Servers.',
  afterScan: 'Nach jedem Einlesen',
  saved: 'Gespeichert.',
  details: 'Prüfergebnis und Mediatheken',
  showAll: (count) => `Alle ${number(count)} anzeigen`,
  unreadable: 'Diese Datei ist nicht lesbar',
  allFine: 'Alles in dieser Datei lässt sich erstellen.',
  findings: {
    error: (count) => plural(count, { one: 'Fehler', other: 'Fehler' }),
    warning: (count) => plural(count, { one: 'Warnung', other: 'Warnungen' }),
    note: (count) => plural(count, { one: 'Hinweis', other: 'Hinweise' })
  },
  level: { error: 'Fehler', warning: 'Warnung', note: 'Hinweis' },
  place: (file, line, column) => `${file}, Zeile ${line}, Spalte ${column}`,
  libraries: 'Mediatheken',
  libraryIs: (name) => `Mediathek für „${name}“`,
  onPlex: (server) => `Sammlungen werden auf Plex angelegt, unter ${server}.`,
  libraryByName: 'Die Mediathek mit diesem Namen',
  libraryNone: 'Nicht zugeordnet: Mediathek wählen',
  failing: (count) => `${number(count)} mit Fehlern`,
  dynamic: (count) => `${number(count)} dynamische`,
  mapped: 'Mediathek zugeordnet.',
  credentials: {
    unknown: 'Zugangsdaten noch nicht geprüft',
    none: 'Nicht autorisiert: Nur Charts und öffentliche Listen sind lesbar',
    good: (when) => `Zugangsdaten gültig bis ${when}`,
    goodOpen: 'Zugangsdaten gültig',
    behind: 'Die Zugangsdaten in der Datei sind veraltet',
    lost: 'Trakt nimmt die Zugangsdaten nicht mehr an',
    failed: 'Zugangsdaten ließen sich nicht prüfen'
  },
  authorize: 'Autorisieren',

  progress: {
    queued: 'Wartet auf einen anderen Durchlauf',
    starting: 'Liest die Datei',
    reading: (done, total) => `Liest Liste ${number(done)} von ${number(total)}`,
    building: (done) => `${plural(done, { one: 'Sammlung', other: 'Sammlungen' })} erstellt`,
    over: 'Fertig'
  },

  waiting: 'Wartet auf deine Entscheidung',
  waitingText:
    'Diese Änderungen sind ungewöhnlich, deshalb wurde nichts getan. Bestätige sie, wenn du sie möchtest.',
  planTitle: (name) => `Titel aus „${name}“ entfernen?`,
  planDelete: (name) => `„${name}“ löschen?`,
  planAdopt: (name) => `„${name}“ übernehmen? Die Sammlung wurde von Hand angelegt.`,
  planList: (list, name) =>
    `Titel von deiner Trakt-Liste „${list}“ entfernen, die mit „${name}“ abgeglichen wird?`,
  planCounts: (removed, kept, added) =>
    [
      `${number(removed)} ${removed === 1 ? 'würde' : 'würden'} entfernt`,
      `${number(kept)} ${kept === 1 ? 'bliebe' : 'blieben'}`,
      added > 0 ? `${number(added)} ${added === 1 ? 'käme' : 'kämen'} hinzu` : ''
    ]
      .filter(Boolean)
      .join(' · '),
  confirm: 'Entfernen',
  confirmOf: (name) => `Die Titel aus ${name} entfernen`,
  adopt: 'Übernehmen',
  adoptOf: (name) => `${name} übernehmen`,
  keep: 'Behalten',
  confirmListOf: (list) => `Die Titel von der Trakt-Liste ${list} entfernen`,
  keepListOf: (list) => `Die Titel auf der Trakt-Liste ${list} behalten`,
  keepOf: (name) => `Die Titel in ${name} behalten`,
  leave: 'Unverändert lassen',
  leaveOf: (name) => `${name} unverändert lassen`,
  applying: 'Wird ausgeführt …',
  confirmed: 'Bestätigt. Die Sammlung wird aktualisiert.',
  adopted: 'Bestätigt. Die Sammlung wird übernommen.',
  leftDone: 'Die Sammlung bleibt, wie sie ist.',
  keptDone: 'Behalten. Nichts wurde entfernt.',
  keptPlans: (count) =>
    `Du behältst die Titel von ${plural(count, { one: 'Sammlung', other: 'Sammlungen' })}.`,
  moreTitles: (count) => `und ${number(count)} weitere`,

  history: 'Durchläufe',
  historyText: 'Die letzten Durchläufe und ihre Ergebnisse.',
  noHistory: 'Noch keine Durchläufe.',
  reason: {
    daily: 'Täglich',
    scan: 'Nach einem Einlesen',
    manual: 'Jetzt ausgeführt',
    confirmed: 'Von dir bestätigt'
  },
  state: {
    running: 'Läuft',
    done: 'Fertig',
    failed: 'Teilweise fehlgeschlagen',
    not_run: 'Nicht ausführbar',
    cancelled: 'Abgebrochen',
    interrupted: 'Unterbrochen'
  },
  took: (seconds) => `${seconds} s`,
  result: (added, removed, missingCount) =>
    [
      added > 0 ? `+${number(added)}` : '',
      removed > 0 ? `−${number(removed)}` : '',
      missingCount > 0 ? missing(missingCount) : ''
    ]
      .filter(Boolean)
      .join(' · '),
  runOf: (when) => `Durchlauf vom ${when}`,

  tools: 'Werkzeuge',
  kometaAuth: 'Kometa-Autorisierung',
  kometaAuthText:
    'Hier bekommst du einen fertigen trakt-Block für deine config.yml. Nichts, was du hier eingibst, wird gespeichert.',
  target: 'Ziel der Zugangsdaten',
  targetPaste: 'Block zum Kopieren anzeigen',
  targetFile: (path) => `In ${path} schreiben`,
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  way: 'Art der Autorisierung',
  ways: { pin: 'PIN', device: 'Gerätecode' },
  getPin: 'Autorisieren',
  openTrakt: 'Trakt öffnen',
  openTraktText: 'Stimm dort zu und gib dann die PIN ein, die Trakt anzeigt. Sie gilt zehn Minuten.',
  pin: 'PIN',
  exchange: 'Zugangsdaten holen',
  deviceText: 'Öffne die Seite, gib den Code ein und stimm zu.',
  deviceWaiting: 'Wartet auf deine Zustimmung …',
  openActivation: 'Aktivierungsseite öffnen',
  yourBlock: 'Dein trakt-Block',
  yourBlockText:
    'Ersetze damit den trakt-Block in der config.yml. Er enthält Geheimnisse, gib ihn also nicht weiter.',
  copyBlock: 'Block kopieren',
  written: (path) => `Die Zugangsdaten stehen in ${path}.`,
  startOver: 'Von vorn'
};
