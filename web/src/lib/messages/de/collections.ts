import type { en } from '../collections';
import { number, plural } from '../locale';

export const collections: typeof en = {
  collections: 'Sammlungen',
  collectionCount: (count) => plural(count, { one: 'Sammlung', other: 'Sammlungen' }),
  noCollections: 'Noch keine Sammlungen',
  noCollectionsAdmin:
    'Trag deine config.yml von Kometa ein, dann baut Kinometa die Sammlungen, die darin stehen.',
  noCollectionsMember: 'Hier erscheinen Sammlungen, sobald sie jemand mit Verwaltungsrechten einrichtet.',
  setUp: 'Sammlungen einrichten',
  emptyCollection: 'Noch nichts darin',
  emptyCollectionText: 'Keiner ihrer Titel ist in der Bibliothek.',
  inCollections: 'In diesen Sammlungen',
  playlist: 'Playlist',
  titleCount: (count) => plural(count, { one: 'Titel', other: 'Titel' }),
  missingCount: (count) => `${number(count)} fehlen`,
  missingTitle: (name) => `Fehlt in ${name}`,
  missingText: 'Was ihre Listen nennen und der Bibliothek fehlt, Stand des letzten Durchlaufs.',
  nothingMissing: 'Es fehlt nichts',
  nothingMissingText: 'Die Bibliothek hat alles, was ihre Listen nennen.',
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
    'Kinometa liest deine config.yml von Kometa unverändert und baut die Sammlungen, die sie aus Trakt definiert, in deinen eigenen Bibliotheken.',
  register: 'Datei eintragen',
  registerText: 'Die Datei muss auf dem Server liegen oder in seinen Container eingehängt sein.',
  path: 'Pfad der config.yml',
  registered: 'Datei eingetragen.',
  noFiles: 'Keine Datei eingetragen',
  noFilesText:
    'Trag die config.yml ein, die du mit Kometa benutzt. Darin ändert sich nichts außer den Trakt-Zugangsdaten, wenn sie erneuert werden.',
  runNow: 'Jetzt ausführen',
  cancelRun: 'Abbrechen',
  runStarted: 'Die Sammlungen werden gebaut.',
  neverRan: 'nie ausgeführt',
  lastRun: (when) => `zuletzt ausgeführt ${when}`,
  removeFile: (path) => `${path} entfernen`,
  removeFileTitle: 'Diese Datei entfernen?',
  removeFileText: 'Ihr Verlauf wird vergessen. Die Datei und ihre Sammlungen bleiben.',
  removeFileConfirm: 'Datei entfernen',
  fileRemoved: 'Datei entfernt.',
  schedule: 'Wann sie läuft',
  enabled: 'Von selbst ausführen',
  enabledText: 'Hält auch die Trakt-Zugangsdaten in der Datei aktuell, solange der Server läuft.',
  daily: 'Täglich',
  dailyText: 'Welche Sammlungen dann gebaut werden, sagen ihre eigenen Zeitpläne.',
  dailyAt: 'Uhrzeit',
  dailyAtHint: 'In der Zeitzone des Servers.',
  afterScan: 'Nach jedem Scan',
  saved: 'Gespeichert.',
  details: 'Prüfung und Bibliotheken',
  showAll: (count) => `Alle ${number(count)} anzeigen`,
  unreadable: 'Diese Datei ist nicht lesbar',
  allFine: 'Alles in dieser Datei lässt sich bauen.',
  findings: {
    error: (count) => plural(count, { one: 'Fehler', other: 'Fehler' }),
    warning: (count) => plural(count, { one: 'Warnung', other: 'Warnungen' }),
    note: (count) => plural(count, { one: 'Hinweis', other: 'Hinweise' })
  },
  level: { error: 'Fehler', warning: 'Warnung', note: 'Hinweis' },
  place: (file, line, column) => `${file}, Zeile ${line}, Spalte ${column}`,
  libraries: 'Bibliotheken',
  libraryIs: (name) => `„${name}“ ist`,
  onPlex: (server) => `Sammlungen werden auf Plex angelegt, unter ${server}.`,
  libraryByName: 'Die Bibliothek dieses Namens',
  libraryNone: 'Nicht zugeordnet: Bibliothek wählen',
  failing: (count) => `${number(count)} mit Fehlern`,
  dynamic: (count) => `${number(count)} aus Antworten von Trakt`,
  mapped: 'Bibliothek zugeordnet.',
  credentials: {
    unknown: 'Zugangsdaten noch nicht geprüft',
    none: 'Nicht autorisiert: Nur Charts und öffentliche Listen sind lesbar',
    good: (when) => `Zugangsdaten gültig bis ${when}`,
    goodOpen: 'Zugangsdaten gültig',
    behind: 'Die Datei ist nicht auf dem neuesten Stand',
    lost: 'Trakt nimmt die Zugangsdaten nicht mehr an',
    failed: 'Zugangsdaten ließen sich nicht prüfen'
  },
  authorize: 'Autorisieren',

  progress: {
    queued: 'Wartet auf einen anderen Durchlauf',
    starting: 'Liest die Datei',
    reading: (done, total) => `Liest Liste ${number(done)} von ${number(total)}`,
    building: (done) => `${plural(done, { one: 'Sammlung', other: 'Sammlungen' })} gebaut`,
    over: 'Fertig'
  },

  waiting: 'Wartet auf dich',
  waitingText:
    'Hier ginge ungewöhnlich viel verloren, darum wurde nichts geändert. Bestätige, wenn du es so willst.',
  planTitle: (name) => `Titel aus „${name}“ entfernen?`,
  planDelete: (name) => `„${name}“ löschen?`,
  planList: (list, name) => `Titel von deiner Trakt-Liste „${list}“ nehmen, die „${name}“ folgt?`,
  planCounts: (removed, kept, added) =>
    [`${number(removed)} gingen`, `${number(kept)} blieben`, added > 0 ? `${number(added)} kämen dazu` : '']
      .filter(Boolean)
      .join(' · '),
  confirm: 'Entfernen',
  confirmOf: (name) => `Die Titel aus ${name} entfernen`,
  keep: 'Behalten',
  confirmListOf: (list) => `Die Titel von der Trakt-Liste ${list} nehmen`,
  keepListOf: (list) => `Die Titel auf der Trakt-Liste ${list} behalten`,
  keepOf: (name) => `Die Titel in ${name} behalten`,
  applying: 'Wird ausgeführt …',
  confirmed: 'Die Sammlung wird neu geplant, dann werden die Titel entfernt.',
  keptDone: 'Die Titel bleiben.',
  keptPlans: (count) =>
    `Du behältst die Titel von ${plural(count, { one: 'Sammlung', other: 'Sammlungen' })}.`,
  moreTitles: (count) => `und ${number(count)} weitere`,

  history: 'Verlauf',
  historyText: 'Die letzten Durchläufe und was aus jeder Sammlung wurde.',
  noHistory: 'Noch nichts ausgeführt.',
  reason: {
    daily: 'Täglich',
    scan: 'Nach einem Scan',
    manual: 'Jetzt ausgeführt',
    confirmed: 'Bestätigtes Entfernen'
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
  result: (added, removed, missing) =>
    [
      added > 0 ? `+${number(added)}` : '',
      removed > 0 ? `−${number(removed)}` : '',
      missing > 0 ? `${number(missing)} fehlen` : ''
    ]
      .filter(Boolean)
      .join(' · '),
  runOf: (when) => `Durchlauf vom ${when}`,

  tools: 'Werkzeuge',
  kometaAuth: 'Kometa-Anmeldung',
  kometaAuthText:
    'Hier bekommst du einen fertigen trakt-Block für deine config.yml. Nichts, was du hier eingibst, wird gespeichert.',
  target: 'Wohin mit den Zugangsdaten',
  targetPaste: 'Block zum Kopieren anzeigen',
  targetFile: (path) => `In ${path} schreiben`,
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  way: 'Wie autorisieren',
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
    'Setz ihn in der config.yml an die Stelle des dortigen. Er enthält Geheimnisse: Gib ihn nicht weiter.',
  copyBlock: 'Block kopieren',
  written: (path) => `Die Zugangsdaten stehen in ${path}.`,
  startOver: 'Von vorn'
};
