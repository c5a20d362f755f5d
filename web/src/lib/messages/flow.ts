// Settings > Trakt: what flows between Kinometa and Trakt, removals that wait, and the sync log.
import { pick } from './language';
import { number, plural } from './locale';

const ITEMS = { one: 'item', other: 'items' };

export const en = {
  title: 'What is synced',
  text: 'Off is off in both directions. What you switch on again catches up.',
  switches: {
    scrobbling: { label: 'Live scrobbling', text: 'Trakt shows what you’re watching right now.' },
    history: {
      label: 'Watch history',
      text: 'Plays from here go to Trakt, and plays from elsewhere come here.'
    },
    ratings: { label: 'Ratings', text: 'From 1 to 10, on both sides.' },
    watchlist: { label: 'Watchlist', text: 'What you want to watch, on both sides.' },
    collection: {
      label: 'Collection',
      text: 'Trakt knows which titles you have files for, and in which quality.'
    },
    playback: { label: 'Resume points', text: 'Continue here what you paused elsewhere.' },
    recommendations: { label: 'Recommendations', text: 'What Trakt suggests to you shows up on Home.' },
    dropped: { label: 'Dropped shows', text: 'Shows that you gave up leave “Up next”.' }
  },

  threshold: 'Mark as watched at',
  percent: (value: number) => `${number(value)}%`,
  thresholdTrakt: (value: number) => `Trakt’s own mark: a viewing counts from ${number(value)}% on.`,
  thresholdOwn: (value: number, lowest: number) =>
    `A viewing counts from ${number(value)}% on. If you stop between ${number(lowest)}% and ${number(value)}%, Trakt is told that you paused.`,

  libraries: 'Libraries',
  librariesText:
    'Nothing of a library that is switched off leaves this server: no plays, ratings or collection.',
  goesToTrakt: 'Synced',
  staysHere: 'Stays on this server',
  titles: 'Titles that stay on this server',
  include: (title: string) => `Sync ${title} again`,

  planTitle: (count: number) => `${plural(count, ITEMS)} would be removed`,
  look: 'Show the list',
  keepHere: 'Keep, and send to Trakt again',
  keepThere: 'Keep, and fetch from Trakt again',
  leave: 'Keep as they are',
  removeHere: 'Remove here too',
  removeThere: 'Remove on Trakt too',
  removeHereTitle: (count: number) => `Remove ${plural(count, ITEMS)} here?`,
  removeThereTitle: (count: number) => `Remove ${plural(count, ITEMS)} on Trakt?`,
  removeText: 'Every removal is in the sync log and can be undone there.',
  decided: {
    remove: 'Removing.',
    send_again: 'Kept. What is missing is sent again.',
    leave: 'Kept as they are.'
  },
  deletedTitle: 'A deleted title',

  drop: 'Drop show',
  takeUp: 'Take show up again',
  droppedNow: (show: string) => `${show} is dropped: it leaves “Up next”, on Trakt too.`,
  takenUp: (show: string) => `${show} can be up next again.`,
  keepFromTrakt: 'Keep from Trakt',
  kept: (title: string) => `Nothing about ${title} is sent to Trakt any more.`,
  keptText: 'What is on Trakt already stays there. Titles kept from Trakt are listed in the Trakt settings.',
  undoKeep: 'Undo',

  log: 'Sync log',
  back: 'Trakt settings',
  logTitle: 'Sync log',
  logText: 'What the sync changed on either side, and why. Undo works on both sides.',
  category: 'Category',
  everything: 'Everything',
  categories: {
    history: 'Watch history',
    ratings: 'Ratings',
    watchlist: 'Watchlist',
    collection: 'Collection',
    playback: 'Resume points',
    recommendations: 'Recommendations',
    dropped: 'Dropped shows'
  },
  side: 'Direction',
  bothSides: 'Both directions',
  direction: { from_trakt: 'From Trakt', to_trakt: 'To Trakt' },
  change: 'Change',
  everyChange: 'Every change',
  what: { added: 'Added', changed: 'Changed', removed: 'Removed' },
  undo: 'Undo',
  undoOf: (title: string) => `Undo: ${title}`,
  undone: 'Undone, here and on Trakt.',
  undoneAt: (when: string) => `undone ${when}`,
  emptyLog: 'Nothing has changed yet',
  emptyLogText: 'Every change that the sync makes, here or on Trakt, is listed here.',
  noMatch: 'No such changes',
  noMatchText: 'No change matches the filters.',
  clearFilters: 'Clear filters'
};

export const m = pick('flow', en);
