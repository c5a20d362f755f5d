import { plural } from '../locale';
import type { en } from '../plex';

export const plex: typeof en = {
  plex: 'Plex',
  server: 'Plex-Server',
  serverText:
    'Kometas Sammlungen können auch auf deinem Plex-Server angelegt werden. „kinometa collections run --target plex“ nimmt diesen Server, wenn in der config.yml kein plex-Block steht.',
  address: 'Adresse',
  addressExample: 'http://192.168.1.5:32400',
  token: 'X-Plex-Token',
  tokenHint: 'Das Token des Server-Besitzers. Es wird verschlüsselt gespeichert.',
  keepToken: 'Leer lassen, um das gespeicherte Token zu behalten.',
  timeout: 'Zeitlimit in Sekunden',
  verifyCertificate: 'Zertifikat prüfen',
  verifyCertificateText: 'Für Adressen, die mit https beginnen.',
  test: 'Testen',
  testing: 'Wird getestet …',
  save: 'Speichern',
  change: 'Ändern',
  saved: 'Plex-Server gespeichert.',
  removed: 'Plex-Server entfernt.',
  removeTitle: 'Diesen Plex-Server entfernen?',
  removeText: 'Adresse und Token werden hier gelöscht. Sammlungen auf Plex bleiben, wie sie sind.',
  reachable: (name, version) => `${name} ist erreichbar (Version ${version}).`,
  check: 'Prüfen',
  checking: 'Wird geprüft …',
  checked: (when) => `Geprüft ${when}.`,
  libraries: 'Mediatheken auf Plex',
  movies: 'Filme',
  shows: 'Serien',
  readOnly: 'mit diesem Token nur lesbar',
  sameFolder: (library) => `Derselbe Ordner wie deine Mediathek ${library}`,
  lastRun: 'Letzter Durchlauf auf Plex',
  ranWhen: (when) => `Ausgeführt ${when}.`,
  answered: (server) => `${server} hat geantwortet.`,
  away: (server, reason) => `${server} konnte nicht verwendet werden: ${reason}`,
  neverRan: 'Auf Plex wurden noch keine Sammlungen angelegt',
  neverRanText:
    'Trage unter Einstellungen, Sammlungen eine config.yml mit plex-Block ein, oder starte „kinometa collections run --config config.yml --target plex“. Was sich ändert, steht dann hier.',
  unchanged: (count) => plural(count, { one: 'Sammlung ist', other: 'Sammlungen sind' }) + ' unverändert.',
  allUnchanged: 'Es musste nichts geändert werden.',
  problems: 'Probleme'
};
