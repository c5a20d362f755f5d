// The statistics page.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  title: 'Statistics',
  subtitle: 'Everything you’ve watched, in numbers.',
  period: 'Period',
  allTime: 'All time',
  yearInReview: (year: number) => `${year} in review`,
  emptyTitle: 'No statistics yet',
  emptyText: 'Watch something, or mark a title as watched. Your hours, genres and favorites show up here.',
  emptyYear: (year: number) => `You watched nothing in ${year}.`,
  toTimeline: 'Go to the timeline',

  measure: 'Measure',
  hoursLabel: 'Hours',
  playsLabel: 'Plays',
  watchedIn: (plays: string) => `watched in ${plays}`,
  watched: 'Watched',
  undated: (count: number) =>
    `${plural(count, { one: 'play', other: 'plays' })} without a date ${count === 1 ? 'counts' : 'count'} in the totals, but not in the charts by time.`,
  runtimeNote: 'Hours are based on each title’s runtime.',

  perYear: 'By year',
  perMonth: 'By month',
  perWeek: 'By week',
  byHour: 'By weekday and hour',
  byHourText: 'When you finish watching, in your time zone.',
  genres: 'Genres',
  decades: 'Decades',
  topShows: 'Most watched shows',
  topMovies: 'Most watched movies',
  year: 'Year',
  month: 'Month',
  week: 'Week',
  genre: 'Genre',
  decadeLabel: 'Decade',

  busiestDay: 'Busiest day',
  longestStreak: 'Longest streak',
  days: (count: number) => plural(count, { one: 'day', other: 'days' }),
  fromTo: (from: string, to: string) => `${from} – ${to}`,

  showTable: 'Show table',
  showChart: 'Show chart',
  viewOf: (view: string, chart: string) => `${view}: ${chart}`,
  chartSummary: (title: string, most: string, value: string) => `${title}. Highest: ${most}, ${value}.`,

  minutes: (count: number) => `${number(count)} min`,
  hours: (count: number) => plural(count, { one: 'hour', other: 'hours' }),
  weekOf: (day: string) => `Week of ${day}`,
  decade: (decade: string) => `${decade}s`
};

export const m = pick('statistics', en);
