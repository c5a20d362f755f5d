// The timeline, and plays wherever they are listed.
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

  source: {
    kinometa: 'Played here',
    manual: 'Marked as watched',
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
