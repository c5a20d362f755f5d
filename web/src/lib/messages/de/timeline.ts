import type { en } from '../timeline';

export const timeline: typeof en = {
  title: 'Verlauf',
  subtitle: 'Alles, was du gesehen hast: in Kinometa und überall, wo Trakt mitschreibt.',
  emptyTitle: 'Noch nichts gesehen',
  emptyText:
    'Sieh dir etwas an oder markiere einen Titel als gesehen. Dann steht es hier, auch ob es auf Trakt angekommen ist.',
  browseMovies: 'Filme ansehen',
  unknownDate: 'Datum unbekannt',
  unknownTime: 'Zeit unbekannt',
  showEarlier: 'Frühere Wiedergaben anzeigen',
  filter: 'Nach Titel filtern',
  noMatchTitle: 'Keine Wiedergaben gefunden',
  noMatchText: (words) => `Nichts, was du gesehen hast, hat „${words}“ im Namen.`,
  clearFilter: 'Filter löschen',

  export: 'Exportieren',
  exportCsv: 'CSV, für Tabellen',
  exportJson: 'JSON',
  statistics: 'Statistik',

  addPlay: 'Wiedergabe hinzufügen',
  addPlayText: 'Für etwas, das du anderswo gesehen hast. Bist du mit Trakt verbunden, kommt es auch dorthin.',
  whatWatched: 'Was hast du gesehen?',
  searchHint: 'Film oder Folge suchen',
  noHits: (words) => `Nichts in deiner Mediathek passt zu „${words}“.`,
  chooseAnother: 'Etwas anderes wählen',
  whenWatched: 'Wann hast du es gesehen?',
  dontKnow: 'Ich weiß nicht mehr, wann',
  played: (title) => `${title} ist jetzt in deinem Verlauf.`,

  editPlay: 'Zeit ändern',
  editPlayOf: (title, when) => `Zeit von ${title}, ${when}, ändern`,
  editTitle: 'Wann hast du das gesehen?',
  editText: (onTrakt) =>
    onTrakt
      ? 'Die Zeit ändert sich in deinem Verlauf und auf Trakt.'
      : 'Die Zeit ändert sich in deinem Verlauf.',
  changed: 'Zeit geändert.',

  source: {
    kinometa: 'Hier abgespielt',
    manual: 'Von Hand hinzugefügt',
    trakt: 'Von Trakt'
  },
  private: 'Privat',

  trakt: {
    none: { label: 'Nicht gesendet', hint: 'Trakt war nicht verbunden' },
    queued: { label: 'Wartet auf Abgleich', hint: 'Wird noch an Trakt gesendet' },
    sent: { label: 'Auf Trakt', hint: 'Diese Wiedergabe steht in deinem Trakt-Verlauf' },
    failed: { label: 'Abgelehnt', hint: 'Trakt hat diese Wiedergabe abgelehnt' },
    private: { label: 'Nicht geteilt', hint: 'Privat: wird nie an Trakt gesendet' }
  },

  deletePlay: 'Wiedergabe löschen',
  deletePlayOf: (title, when) => `Wiedergabe von ${title} löschen, ${when}`,
  deleteTitle: 'Diese Wiedergabe löschen?',
  deleteText: (title, when, onTrakt) =>
    onTrakt
      ? `${title}, ${when}, wird aus deinem Verlauf hier und auf Trakt entfernt. Die Datei bleibt erhalten.`
      : `${title}, ${when}, wird aus deinem Verlauf entfernt. Die Datei bleibt erhalten.`,
  deleted: 'Wiedergabe gelöscht.'
};
