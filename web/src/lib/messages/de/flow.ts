import { number, plural } from '../locale';
import type { en } from '../flow';

const ITEMS = { one: 'Eintrag', other: 'Einträge' };
const CHANGES = { one: 'Änderung', other: 'Änderungen' };

export const flow: typeof en = {
  title: 'Was abgeglichen wird',
  text: 'Was du ausschaltest, ruht in beiden Richtungen. Schaltest du es wieder ein, wird alles nachgeholt.',
  switches: {
    scrobbling: { label: 'Live-Scrobbling', text: 'Trakt zeigt, was du gerade siehst.' },
    history: {
      label: 'Verlauf',
      text: 'Wiedergaben von hier gehen an Trakt, und Wiedergaben von anderswo kommen hierher.'
    },
    ratings: { label: 'Bewertungen', text: 'Deine Bewertungen von 1 bis 10, in beiden Richtungen.' },
    watchlist: { label: 'Merkliste', text: 'Was du sehen möchtest, in beiden Richtungen.' },
    collection: {
      label: 'Sammlung',
      text: 'Die Titel deiner Mediathek stehen in deiner Sammlung auf Trakt, mit ihrer Qualität.'
    },
    playback: { label: 'Fortsetzungspunkte', text: 'Sieh hier weiter, was du anderswo angehalten hast.' },
    recommendations: { label: 'Empfehlungen', text: 'Was Trakt dir vorschlägt, steht auf der Startseite.' },
    dropped: {
      label: 'Abgebrochene Serien',
      text: 'Serien, die du aufgegeben hast, verschwinden aus „Als Nächstes“.'
    }
  },

  threshold: 'Als gesehen markieren ab',
  percent: (value) => `${number(value)} %`,
  thresholdTrakt: (value) => `Trakts Standard: Eine Wiedergabe zählt ab ${number(value)} %.`,
  thresholdOwn: (value, lowest) =>
    `Eine Wiedergabe zählt ab ${number(value)} %. Hörst du zwischen ${number(lowest)} % und ${number(value)} % auf, wird an Trakt eine Pause gesendet.`,

  libraries: 'Mediatheken',
  librariesText:
    'Aus einer ausgeschalteten Mediathek verlässt nichts diesen Server: keine Wiedergaben, keine Bewertungen, keine Sammlung.',
  goesToTrakt: 'Wird abgeglichen',
  staysHere: 'Bleibt auf diesem Server',
  titles: 'Titel, die auf diesem Server bleiben',
  include: (title) => `${title} wieder abgleichen`,

  planTitle: (count) => plural(count, { one: 'Eintrag würde entfernt', other: 'Einträge würden entfernt' }),
  look: 'Liste zeigen',
  keepHere: 'Behalten und erneut an Trakt senden',
  leave: 'Unverändert lassen',
  removeHere: 'Hier auch entfernen',
  removeThere: 'Auf Trakt auch entfernen',
  removeHereTitle: (count) => `${plural(count, ITEMS)} hier entfernen?`,
  removeThereTitle: (count) => `${plural(count, ITEMS)} auf Trakt entfernen?`,
  removeText: 'Jede Entfernung steht im Protokoll und lässt sich dort rückgängig machen.',
  decided: {
    remove: 'Wird entfernt.',
    send_again: 'Behalten. Was fehlt, wird erneut gesendet.',
    leave: 'Unverändert gelassen.'
  },
  deletedTitle: 'Ein gelöschter Titel',

  drop: 'Serie abbrechen',
  takeUp: 'Serie wieder aufnehmen',
  droppedNow: (show) => `${show} ist abgebrochen und verschwindet aus „Als Nächstes“, hier und auf Trakt.`,
  takenUp: (show) => `${show} ist nicht mehr abgebrochen und kann wieder unter „Als Nächstes“ stehen.`,
  keepFromTrakt: 'Von Trakt fernhalten',
  kept: (title) => `Zu ${title} wird nichts mehr an Trakt gesendet.`,
  keptText:
    'Was schon auf Trakt steht, bleibt dort. Was von Trakt ferngehalten wird, steht in den Trakt-Einstellungen.',
  undoKeep: 'Rückgängig',

  log: 'Abgleichprotokoll',
  back: 'Trakt-Einstellungen',
  logTitle: 'Abgleichprotokoll',
  logText:
    'Was der Abgleich auf beiden Seiten geändert hat, und warum. Rückgängig machen wirkt auf beiden Seiten.',
  category: 'Kategorie',
  everything: 'Alle Kategorien',
  categories: {
    history: 'Verlauf',
    ratings: 'Bewertungen',
    watchlist: 'Merkliste',
    collection: 'Sammlung',
    playback: 'Fortsetzungspunkte',
    recommendations: 'Empfehlungen',
    dropped: 'Abgebrochene Serien'
  },
  side: 'Richtung',
  bothSides: 'Beide Richtungen',
  direction: { from_trakt: 'Von Trakt', to_trakt: 'An Trakt' },
  change: 'Änderung',
  everyChange: 'Alle Änderungen',
  what: { added: 'Hinzugefügt', changed: 'Geändert', removed: 'Entfernt' },
  undo: 'Rückgängig',
  undoOf: (title) => `Rückgängig machen: ${title}`,
  undone: 'Rückgängig gemacht, hier und auf Trakt.',
  undoneAt: (when) => `rückgängig gemacht ${when}`,
  run: 'Änderungen eines Abgleichs',
  undoRun: 'Alles rückgängig',
  undoRunTitle: 'Alles rückgängig machen, was dieser Abgleich geändert hat?',
  undoRunText:
    'Jede seiner Änderungen, auch weiter unten in der Liste, wird hier und auf Trakt rückgängig gemacht.',
  undoneRun: (undone) => `${plural(undone, CHANGES)} rückgängig gemacht, hier und auf Trakt.`,
  keptOfRun: (kept) => `Nicht mehr rückgängig zu machen: ${plural(kept, CHANGES)}.`,
  emptyLog: 'Noch keine Änderungen',
  emptyLogText: 'Jede Änderung des Abgleichs, hier oder auf Trakt, steht hier.',
  noMatch: 'Keine passenden Änderungen',
  noMatchText: 'Keine Änderung passt zu den Filtern.',
  clearFilters: 'Filter löschen'
};
