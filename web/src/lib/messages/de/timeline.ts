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

  source: {
    kinometa: 'Hier abgespielt',
    manual: 'Als gesehen markiert',
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
