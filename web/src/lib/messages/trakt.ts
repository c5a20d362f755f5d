// Settings > Trakt: the connection, connecting with a code, the API application and the sync queue.
import { pick } from './language';
import { number, plural } from './locale';

const CHANGES = { one: 'change', other: 'changes' };
const PLAYS = { one: 'play', other: 'plays' };

export const en = {
  trakt: 'Trakt',
  panelText: 'What you watch here shows up on Trakt as you watch it. Each person connects their own account.',
  connect: 'Connect Trakt',
  reconnect: 'Reconnect',
  connected: 'Connected',
  since: (date: string) => `since ${date}`,
  vip: 'VIP',
  profile: 'Profile',
  disconnect: 'Disconnect',
  disconnectTitle: 'Disconnect Trakt?',
  disconnectText:
    'Kinometa’s access to your Trakt account is revoked. Your timeline stays here and your history stays on Trakt. Plays waiting to sync are kept until you connect again.',
  disconnected: 'Disconnected from Trakt. Your timeline is unchanged.',

  /** Explains each connection state and what to do. */
  connection: {
    notConfiguredTitle: 'Trakt not configured',
    notConfiguredAdmin:
      'This server has no Trakt API application yet. Enter one below. Until then, what you watch stays on this server.',
    notConfiguredMember:
      'This server has no Trakt API application yet. Ask your administrator to enter one. Until then, what you watch stays on this server.',
    disconnectedTitle: 'Not connected to Trakt',
    disconnectedText:
      'The API application is set up, but your account isn’t connected. Select Connect Trakt and enter the code that appears.',
    reconnectTitle: 'Reconnect Trakt',
    reconnectText:
      'Trakt no longer accepts this connection. Nothing is lost: reconnect, and everything waiting is sent.',
    applicationTitle: 'Trakt rejects the API application',
    applicationAdmin:
      'The application was deleted or isn’t approved. Enter a working one below. Connections and waiting plays are kept.',
    applicationMember:
      'The server’s API application was deleted or isn’t approved. Ask your administrator to enter a working one. Your connection and waiting plays are kept.',
    lockedTitle: 'Your Trakt account is locked',
    lockedText: 'What you watch is kept here. Contact Trakt support to unlock your account.',
    deactivatedTitle: 'Your Trakt account is deactivated',
    deactivatedText: 'What you watch is kept here. Reactivate your account on Trakt to sync it.',
    unreachableTitle: 'Waiting for Trakt',
    /** Temporary problems with the connection. `time` is the next request to Trakt, if known. */
    reasons: {
      unreachable: () => 'Trakt can’t be reached. What you watch is kept and will sync later.',
      rate_limited: (time: string | null) =>
        `Trakt asked to slow down${time ? ` until ${time}` : ''}. What you watch will sync later.`,
      edge_blocked: (time: string | null) =>
        `Trakt’s network is blocking this server’s address${time ? `; next attempt at ${time}` : ''}. What you watch will sync later.`,
      not_renewed: (time: string | null) =>
        `The connection to Trakt couldn’t be renewed${time ? `; next attempt at ${time}` : ''}. What you watch will sync later.`,
      store_not_writable: () =>
        'The server can’t write to its database, so it can’t renew the connection to Trakt. Free up disk space on the server.'
    }
  },

  openActivation: 'Open the activation page, here or on your phone.',
  enterCode: 'Sign in to Trakt and enter this code.',
  yourCode: 'Your code',
  copyCode: 'Copy code',
  activationPage: 'Open activation page',
  qrCode: 'QR code for the activation page',
  waitingForApproval: 'Waiting for you to approve on Trakt',
  waitingSlowly: 'Waiting for Trakt. It asked Kinometa to check less often.',
  /** A countdown follows. */
  expiresIn: 'Expires in',
  requestingCode: 'Requesting a code from Trakt',
  newCode: 'Get a new code',
  retry: 'Try again',

  /** The possible outcomes of connecting. */
  ending: {
    idle: {
      title: 'This code is no longer valid',
      text: 'The server was restarted in the meantime. Get a new code to continue.'
    },
    approved: { title: 'Connected', text: 'What you watch is now sent to Trakt.' },
    denied: { title: 'Access denied on Trakt', text: 'Nothing has changed here.' },
    expired: { title: 'The code expired', text: 'It wasn’t entered in time.' },
    used: { title: 'This code was already used', text: 'Each code works only once.' },
    wrong_secret: {
      title: 'Wrong Client Secret',
      text: 'Trakt rejects the Client Secret of the API application. An administrator has to enter it again.'
    },
    application_not_allowed: {
      title: 'Trakt rejects the API application',
      text: 'An administrator has to enter another one.'
    },
    unreachable: {
      title: 'Couldn’t connect',
      text: 'Trakt is unavailable, busy, or blocking this server. Your plays are kept. Try again later.'
    },
    not_saved: {
      title: 'Couldn’t save the connection',
      text: 'Trakt approved it, but Kinometa couldn’t store it. Check the server’s log and disk space, then try again.'
    },
    cancelled: { title: 'Cancelled', text: 'Nothing has changed.' }
  },

  /** Plays from other devices: the import and later syncs. */
  history: {
    title: 'Watch history',
    text: 'Kinometa reads what you watch on other devices from Trakt, so that your timeline is complete.',
    onTrakt: 'On Trakt',
    counts: {
      movies: { one: 'watched movie', other: 'watched movies' },
      episodes: { one: 'watched episode', other: 'watched episodes' },
      ratings: { one: 'rating', other: 'ratings' },
      watchlist: { one: 'item on your watchlist', other: 'items on your watchlist' }
    },
    beforeImport: 'Before you import',
    add: (count: number) => `${plural(count, PLAYS)} will be added to your timeline.`,
    push: (count: number) => `${plural(count, PLAYS)} watched here will be sent to Trakt.`,
    unmatched: (count: number) =>
      `${plural(count, PLAYS)} can’t be sent, because ${count === 1 ? 'its title isn’t' : 'their titles aren’t'} matched.`,
    others: {
      ratings: { one: 'rating', other: 'ratings' },
      watchlist: { one: 'watchlist item', other: 'watchlist items' },
      dropped: { one: 'dropped show', other: 'dropped shows' },
      collection: { one: 'title in your collection', other: 'titles in your collection' }
    },
    addOthers: (things: string) => `From Trakt: ${things}.`,
    pushOthers: (things: string) => `To Trakt: ${things}.`,
    nothing: 'Both sides already match.',
    import: 'Import history',
    skip: 'Don’t import',
    skipTitle: 'Continue without importing?',
    skipText:
      'Plays already on Trakt stay there, and plays already here stay here. Only what you watch from now on is synced. You can still import later.',
    begun: 'Import started.',
    skipped: 'Existing plays stay as they are.',
    again: 'Import again',
    cancel: 'Cancel import',
    cancelled: 'Import cancelled. What was imported stays.',
    progress: 'Import progress',
    progressOf: (things: string) => `Import progress: ${things}`,
    doneOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    pace: (perSecond: number) => `${number(perSecond)} per second`,
    left: (time: string) => `${time} left`,
    now: 'Sync now',
    checking: 'Checking Trakt for changes.',
    last: (when: string) => `Last synced ${when}`,
    next: (when: string) => `next ${when}`,
    window: (used: number, limit: number) => `${number(used)} of ${number(limit)} requests used`,
    resets: (when: string) => `resets ${when}`,
    undecided: (things: string) => `Not synced yet: ${things}`,
    undecidedText:
      'This version syncs more with Trakt than the one you connected with. Both sides are merged; where they differ, the newest change wins.',
    syncThem: 'Sync these too',
    notSent: (category: string, left: number) =>
      `${category}: ${plural(left, { one: 'title wasn’t sent', other: 'titles weren’t sent' })}`
  },

  queueTitle: 'Waiting to sync',
  queuePending: (count: number) =>
    `${plural(count, CHANGES)} waiting. Sent in order, with the original times, as soon as Trakt accepts them.`,
  queueFailed: (count: number) =>
    `${plural(count, CHANGES)} rejected. Try again, or remove what doesn’t need to be on Trakt.`,
  queueKind: {
    scrobble_start: 'Started watching',
    scrobble_pause: 'Paused',
    scrobble_stop: 'Stopped watching',
    history_add: 'Watched',
    history_remove: 'Play deleted',
    rating_add: 'Rated',
    rating_remove: 'Rating removed',
    watchlist_add: 'Added to watchlist',
    watchlist_remove: 'Removed from watchlist',
    dropped_add: 'Show dropped',
    dropped_remove: 'Show undropped',
    recommendation_hide: 'Not interested',
    recommendation_unhide: 'Recommend again'
  },
  queueState: {
    pending: 'Waiting',
    in_flight: 'Sending',
    unknown: 'Checking',
    failed: 'Rejected'
  },
  deletedTitle: 'A deleted title',
  nextAttempt: (when: string) => `next attempt ${when}`,
  attempts: (count: number) => plural(count, { one: 'attempt', other: 'attempts' }),
  retryItem: (title: string) => `Try again: ${title}`,
  removeItem: (title: string) => `Remove from queue: ${title}`,
  retrying: 'Trying again.',
  removeTitle: 'Remove from the queue?',
  removeText: (title: string) => `${title} stays in your timeline, but isn’t sent to Trakt.`,
  removeConfirm: 'Remove from queue',
  removed: 'Removed from the queue.',

  application: 'API application',
  applicationText: 'Trakt requires an API application. One application serves everyone on this server.',
  applicationProblem: 'There’s a problem with the API application',
  checkAgain: 'Check again',
  applicationSaved: 'Saved',
  applicationChecked: (when: string) => `Saved, last checked ${when}`,
  clientId: 'Client ID',
  clientIdIs: (id: string) => `Client ID ${id}`,
  clientSecret: 'Client Secret',
  keepSecret: 'Leave empty to keep the saved one.',
  secretHint: 'Stored encrypted on this server and never shown again.',
  checkAndSave: 'Check and save',
  checking: 'Checking with Trakt…',
  applicationAccepted: 'Trakt accepted the API application.',
  change: 'Change',
  removeApplicationTitle: 'Remove the API application?',
  removeApplicationText:
    'Nobody on this server can sync with Trakt until you enter another one. Connections and waiting plays are kept.',
  applicationRemoved: 'API application removed.',

  steps: {
    rule: 'Trakt lets only VIP members register an application. One member of the household is enough: everyone else connects to it with a free account. A free account can be connected to one app at a time, so connecting Kinometa can disconnect another app.',
    /** A link and then `openEnd` follow. */
    openStart: 'Open',
    openLink: 'developer.trakt.tv',
    openEnd: 'and create an application.',
    name: 'Name: anything you like, for example “Kinometa”.',
    redirect: 'Redirect URI:',
    permissions: 'Permissions: leave them unchanged, then save the application.',
    copy: 'Copy its Client ID and Client Secret into the fields below.'
  }
};

export const m = pick('trakt', en);
