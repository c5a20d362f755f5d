// Settings > Trakt: which data syncs in which direction, removals that await confirmation, and the sync log.
import { pick } from './language';
import { number, plural } from './locale';

const ITEMS = { one: 'item', other: 'items' };
const CHANGES = { one: 'change', other: 'changes' };

export const en = {
  title: 'What is synced',
  text: 'Turning something off stops it in both directions. When you turn it back on, it catches up.',
  switches: {
    scrobbling: { label: 'Live scrobbling', text: 'Trakt shows what you’re watching right now.' },
    history: {
      label: 'Watch history',
      text: 'Plays here are sent to Trakt, and plays from elsewhere are added here.'
    },
    ratings: { label: 'Ratings', text: 'Your ratings from 1 to 10, synced both ways.' },
    watchlist: { label: 'Watchlist', text: 'What you want to watch, synced both ways.' },
    collection: {
      label: 'Collection',
      text: 'Adds the titles in your library to your Trakt collection, with their quality.'
    },
    playback: { label: 'Resume points', text: 'Pick up here where you paused elsewhere.' },
    recommendations: { label: 'Recommendations', text: 'Trakt’s suggestions for you appear on Home.' },
    dropped: { label: 'Dropped shows', text: 'Shows you drop disappear from “Up next”.' }
  },

  threshold: 'Mark as watched at',
  percent: (value: number) => `${number(value)}%`,
  thresholdTrakt: (value: number) => `Trakt’s default: a play counts once you’ve watched ${number(value)}%.`,
  thresholdOwn: (value: number, lowest: number) =>
    `A play counts once you’ve watched ${number(value)}%. If you stop between ${number(lowest)}% and ${number(value)}%, it’s sent to Trakt as a pause.`,

  libraries: 'Libraries',
  librariesText:
    'Nothing from a library that’s turned off leaves this server: no plays, ratings or collection entries.',
  goesToTrakt: 'Synced',
  staysHere: 'Stays on this server',
  titles: 'Titles that stay on this server',
  include: (title: string) => `Sync ${title} again`,

  planTitle: (count: number) => `${plural(count, ITEMS)} would be removed`,
  look: 'View list',
  keepHere: 'Keep, and send to Trakt again',
  leave: 'Keep as they are',
  removeHere: 'Remove here too',
  removeThere: 'Remove on Trakt too',
  removeHereTitle: (count: number) => `Remove ${plural(count, ITEMS)} here?`,
  removeThereTitle: (count: number) => `Remove ${plural(count, ITEMS)} on Trakt?`,
  removeText: 'Every removal is in the sync log and can be undone there.',
  decided: {
    remove: 'Removing the items.',
    send_again: 'Kept. Missing items will be sent again.',
    leave: 'Kept as they are.'
  },
  deletedTitle: 'A deleted title',

  drop: 'Drop show',
  takeUp: 'Undrop show',
  droppedNow: (show: string) => `${show} is dropped and hidden from “Up next”, here and on Trakt.`,
  takenUp: (show: string) => `${show} is no longer dropped and can appear in “Up next” again.`,
  keepFromTrakt: 'Keep from Trakt',
  kept: (title: string) => `Nothing about ${title} is sent to Trakt anymore.`,
  keptText: 'Anything already on Trakt stays there. Titles kept from Trakt are listed in the Trakt settings.',
  undoKeep: 'Undo',

  log: 'Sync log',
  back: 'Trakt settings',
  logTitle: 'Sync log',
  logText: 'What syncing changed here and on Trakt, and why. Undo works on both sides.',
  category: 'Category',
  everything: 'All categories',
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
  everyChange: 'All changes',
  what: { added: 'Added', changed: 'Changed', removed: 'Removed' },
  undo: 'Undo',
  undoOf: (title: string) => `Undo: ${title}`,
  undone: 'Undone, here and on Trakt.',
  undoneAt: (when: string) => `undone ${when}`,
  run: 'Changes of one sync',
  undoRun: 'Undo all',
  undoRunTitle: 'Undo everything this sync changed?',
  undoRunText: 'Every change it made, including those further down the list, is undone here and on Trakt.',
  undoneRun: (undone: number) => `${plural(undone, CHANGES)} undone, here and on Trakt.`,
  keptOfRun: (kept: number) => `${plural(kept, CHANGES)} can no longer be undone.`,
  emptyLog: 'Nothing has changed yet',
  emptyLogText: 'Every change made by syncing, here or on Trakt, is listed here.',
  noMatch: 'No matching changes',
  noMatchText: 'No change matches the filters.',
  clearFilters: 'Clear filters'
};

export const m = pick('flow', en);
