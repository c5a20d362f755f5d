// The timeline, and lists of plays on other pages.
import { pick } from './language';

export const en = {
  title: 'Timeline',
  subtitle: 'Everything you’ve watched, in Kinometa and wherever else Trakt keeps track.',
  emptyTitle: 'Nothing watched yet',
  emptyText:
    'Watch something, or mark a title as watched. It shows up here, along with whether it has reached Trakt.',
  browseMovies: 'Browse movies',
  unknownDate: 'Unknown date',
  unknownTime: 'Unknown time',
  showEarlier: 'Show earlier plays',
  filter: 'Filter by title',
  noMatchTitle: 'No plays found',
  noMatchText: (words: string) => `Nothing you’ve watched has “${words}” in its name.`,
  clearFilter: 'Clear filter',

  export: 'Export',
  exportCsv: 'CSV, for spreadsheets',
  exportJson: 'JSON',
  statistics: 'Statistics',

  addPlay: 'Add a play',
  addPlayText: 'For something you watched elsewhere. It’s sent to Trakt too, if you’re connected.',
  whatWatched: 'What did you watch?',
  searchHint: 'Search for a movie or an episode',
  noHits: (words: string) => `Nothing in your library matches “${words}”.`,
  chooseAnother: 'Choose something else',
  whenWatched: 'When did you watch it?',
  dontKnow: 'I don’t know when',
  played: (title: string) => `Added ${title} to your timeline.`,

  editPlay: 'Change time',
  editPlayOf: (title: string, when: string) => `Change the time of ${title}, ${when}`,
  editTitle: 'When did you watch this?',
  editText: (onTrakt: boolean): string =>
    onTrakt ? 'The time changes in your timeline and on Trakt.' : 'The time changes in your timeline.',
  changed: 'Time changed.',

  source: {
    kinometa: 'Played here',
    manual: 'Added by hand',
    trakt: 'From Trakt'
  },
  private: 'Private',

  trakt: {
    none: { label: 'Not sent', hint: 'Trakt wasn’t connected' },
    queued: { label: 'Waiting to sync', hint: 'Waiting to be sent to Trakt' },
    sent: { label: 'On Trakt', hint: 'This play is in your Trakt history' },
    failed: { label: 'Rejected', hint: 'Trakt rejected this play' },
    private: { label: 'Not shared', hint: 'Private: never sent to Trakt' }
  },

  deletePlay: 'Delete play',
  deletePlayOf: (title: string, when: string) => `Delete play of ${title}, ${when}`,
  deleteTitle: 'Delete this play?',
  deleteText: (title: string, when: string, onTrakt: boolean) =>
    onTrakt
      ? `${title}, ${when}, will be removed from your timeline and from your Trakt history. The file isn’t deleted.`
      : `${title}, ${when}, will be removed from your timeline. The file isn’t deleted.`,
  deleted: 'Play deleted.'
};

export const m = pick('timeline', en);
