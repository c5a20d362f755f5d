// Text that several areas share.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  appName: 'Kinometa',
  windowTitle: (page: string, server: string) => `${page} · ${server}`,

  add: 'Add',
  cancel: 'Cancel',
  clear: 'Clear',
  close: 'Close',
  delete: 'Delete',
  dismiss: 'Dismiss',
  done: 'Done',
  goHome: 'Go to Home',
  less: 'Less',
  loading: 'Loading',
  more: 'More',
  optional: (label: string) => `${label} (optional)`,
  remove: 'Remove',
  save: 'Save',
  search: 'Search',
  showMore: 'Show more',
  tryAgain: 'Try again',
  undo: 'Undo',

  copy: 'Copy',
  copied: 'Copied',
  copyBlocked: 'Your browser blocked copying.',
  copyManually: 'Select the text and copy it manually.',
  hideCharacters: 'Hide characters',
  showCharacters: 'Show characters',
  opensInNewTab: '(opens in a new tab)',
  progress: 'Progress',
  requestId: (id: string) => `Request ID: ${id}`,
  shownOfTotal: (shown: number, total: number) => `${number(shown)} of ${number(total)}`,

  username: 'User name',
  displayName: 'Display name',
  password: 'Password',
  newPassword: 'New password',
  passwordLength: 'At least 8 characters.',

  movies: 'Movies',
  shows: 'Shows',
  episodes: 'Episodes',
  episodeCount: (count: number) => plural(count, { one: 'episode', other: 'episodes' }),
  fileCount: (count: number) => plural(count, { one: 'file', other: 'files' }),
  movieCount: (count: number) => plural(count, { one: 'movie', other: 'movies' }),
  playCount: (count: number) => plural(count, { one: 'play', other: 'plays' }),
  showCount: (count: number) => plural(count, { one: 'show', other: 'shows' }),
  season: (seasonNumber: number | string) => `Season ${seasonNumber}`,
  specials: 'Specials',

  today: 'Today',
  yesterday: 'Yesterday',
  justNow: 'just now',
  inAMoment: 'in a moment',
  hours: (count: number) => plural(count, { one: 'hour', other: 'hours' }),
  minutes: (count: number) => plural(count, { one: 'minute', other: 'minutes' }),
  seconds: (count: number) => plural(count, { one: 'second', other: 'seconds' }),
  shortHours: (count: number) => `${count} h`,
  shortMinutes: (count: number) => `${count} min`,
  shortSeconds: (count: number) => `${count} s`
};

export const m = pick('common', en);
