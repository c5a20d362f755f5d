import { number, plural } from '../locale';
import type { en } from '../statistics';

export const statistics: typeof en = {
  title: 'Statistik',
  subtitle: 'Alles, was du gesehen hast, in Zahlen.',
  period: 'Zeitraum',
  allTime: 'Gesamt',
  yearInReview: (year) => `Rückblick ${year}`,
  emptyTitle: 'Noch keine Statistik',
  emptyText:
    'Sieh dir etwas an, oder markiere einen Titel als gesehen. Dann stehen hier deine Stunden, Genres und Favoriten.',
  emptyYear: (year) => `${year} hast du nichts gesehen.`,
  toTimeline: 'Zum Verlauf',

  measure: 'Maß',
  hoursLabel: 'Stunden',
  playsLabel: 'Wiedergaben',
  watchedIn: (plays) => `gesehen in ${plays}`,
  watched: 'Gesehen',
  undated: (count) =>
    `${plural(count, { one: 'Wiedergabe', other: 'Wiedergaben' })} ohne Datum ${count === 1 ? 'zählt' : 'zählen'} in den Summen, aber nicht in den Diagrammen nach Zeit.`,
  runtimeNote: 'Die Stunden ergeben sich aus den Laufzeiten der Titel.',

  perYear: 'Nach Jahr',
  perMonth: 'Nach Monat',
  perWeek: 'Nach Woche',
  byHour: 'Nach Wochentag und Stunde',
  byHourText: 'Wann du zu Ende gesehen hast, in deiner Zeitzone.',
  genres: 'Genres',
  decades: 'Jahrzehnte',
  topShows: 'Meistgesehene Serien',
  topMovies: 'Meistgesehene Filme',
  year: 'Jahr',
  month: 'Monat',
  week: 'Woche',
  genre: 'Genre',
  decadeLabel: 'Jahrzehnt',

  busiestDay: 'Tag mit den meisten Wiedergaben',
  longestStreak: 'Meiste Tage am Stück',
  days: (count) => plural(count, { one: 'Tag', other: 'Tage' }),
  fromTo: (from, to) => `${from} – ${to}`,

  showTable: 'Tabelle zeigen',
  showChart: 'Diagramm zeigen',
  viewOf: (view, chart) => `${view}: ${chart}`,
  chartSummary: (title, most, value) => `${title}. Höchster Wert: ${most}, ${value}.`,

  minutes: (count) => `${number(count)} min`,
  hours: (count) => plural(count, { one: 'Stunde', other: 'Stunden' }),
  weekOf: (day) => `Woche ab ${day}`,
  decade: (decade) => `${decade}er`
};
