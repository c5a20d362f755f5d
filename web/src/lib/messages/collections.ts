// Collections: their pages, the config files that define them, and the authorization of Kometa's trakt block.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  collections: 'Collections',
  collectionCount: (count: number) => plural(count, { one: 'collection', other: 'collections' }),
  noCollections: 'No collections yet',
  noCollectionsAdmin: 'Register your Kometa config.yml, and Kinometa builds the collections it defines.',
  noCollectionsMember: 'Collections appear here once an administrator has set some up.',
  setUp: 'Set up collections',
  emptyCollection: 'This collection is empty',
  emptyCollectionText: 'None of its titles are in your library.',
  inCollections: 'In these collections',
  playlist: 'Playlist',
  titleCount: (count: number) => plural(count, { one: 'title', other: 'titles' }),
  missingCount: (count: number) => `${number(count)} missing`,
  missingTitle: (name: string) => `Missing from ${name}`,
  missingText: 'On its lists, but not in your library when it was last built.',
  nothingMissing: 'Nothing is missing',
  nothingMissingText: 'Your library has everything on its lists.',
  backTo: (name: string) => `Back to ${name}`,
  addToWatchlist: 'Add to watchlist',
  addToWatchlistOf: (title: string) => `Add ${title} to the watchlist`,
  onWatchlist: 'On watchlist',
  watchlisted: (title: string) => `${title} is on the watchlist.`,
  seasonOf: (season: number) => `Season ${season}`,
  episodeOf: (season: number, episode: number) => `Season ${season}, episode ${episode}`,
  onTrakt: 'On Trakt',

  files: 'Config files',
  filesText:
    'Kinometa reads your Kometa config.yml as it is and builds the collections it defines in your own libraries, from Trakt.',
  register: 'Register a file',
  registerText: 'The file has to be on the server, or mounted into its container.',
  path: 'Path of config.yml',
  registered: 'File registered.',
  noFiles: 'No file registered',
  noFilesText:
    'Register the config.yml you use with Kometa. Nothing in it changes, except its Trakt credentials when they are renewed.',
  runNow: 'Run now',
  cancelRun: 'Cancel',
  runStarted: 'The collections are being built.',
  neverRan: 'never run',
  lastRun: (when: string) => `last run ${when}`,
  removeFile: (path: string) => `Remove ${path}`,
  removeFileTitle: 'Remove this file?',
  removeFileText: 'Its run history is deleted. The file itself and its collections stay.',
  removeFileConfirm: 'Remove file',
  fileRemoved: 'File removed.',
  schedule: 'When it runs',
  enabled: 'Run automatically',
  enabledText: 'Also keeps the Trakt credentials in the file up to date while the server runs.',
  daily: 'Daily',
  dailyText: 'Each collection’s own schedule decides whether it is built.',
  dailyAt: 'Time',
  dailyAtHint: 'In the server’s time zone.',
  afterScan: 'After each scan',
  saved: 'Saved.',
  details: 'Check results and libraries',
  showAll: (count: number) => `Show all ${number(count)}`,
  unreadable: 'This file can’t be read',
  allFine: 'Everything in this file can be built.',
  findings: {
    error: (count: number) => plural(count, { one: 'error', other: 'errors' }),
    warning: (count: number) => plural(count, { one: 'warning', other: 'warnings' }),
    note: (count: number) => plural(count, { one: 'note', other: 'notes' })
  },
  level: { error: 'Error', warning: 'Warning', note: 'Note' },
  place: (file: string, line: number, column: number) => `${file}, line ${line}, column ${column}`,
  libraries: 'Libraries',
  libraryIs: (name: string) => `Library for “${name}”`,
  onPlex: (server: string) => `Collections are made on Plex, at ${server}.`,
  libraryByName: 'The library with this name',
  libraryNone: 'Not assigned: choose a library',
  failing: (count: number) => `${number(count)} with errors`,
  dynamic: (count: number) => `${number(count)} dynamic`,
  mapped: 'Library assigned.',
  credentials: {
    unknown: 'Credentials not checked yet',
    none: 'Not authorized: only charts and public lists are available',
    good: (when: string) => `Credentials valid until ${when}`,
    goodOpen: 'Credentials valid',
    behind: 'The file has outdated credentials',
    lost: 'Trakt no longer accepts the credentials',
    failed: 'Credentials couldn’t be checked'
  },
  authorize: 'Authorize',

  progress: {
    queued: 'Waiting for another run',
    starting: 'Reading the file',
    reading: (done: number, total: number) => `Reading list ${number(done)} of ${number(total)}`,
    building: (done: number) => `Built ${plural(done, { one: 'collection', other: 'collections' })}`,
    over: 'Done'
  },

  waiting: 'Waiting for your decision',
  waitingText: 'These changes are unusual, so nothing was done. Confirm them if they are what you want.',
  planTitle: (name: string) => `Remove titles from “${name}”?`,
  planDelete: (name: string) => `Delete “${name}”?`,
  planAdopt: (name: string) => `Take over “${name}”, which was created manually?`,
  planList: (list: string, name: string) =>
    `Remove titles from your Trakt list “${list}”, which is synced with “${name}”?`,
  planCounts: (removed: number, kept: number, added: number) =>
    [
      `${number(removed)} would be removed`,
      `${number(kept)} would stay`,
      added > 0 ? `${number(added)} would be added` : ''
    ]
      .filter(Boolean)
      .join(' · '),
  confirm: 'Remove',
  confirmOf: (name: string) => `Remove the titles from ${name}`,
  adopt: 'Take over',
  adoptOf: (name: string) => `Take over ${name}`,
  confirmListOf: (list: string) => `Remove the titles from the Trakt list ${list}`,
  keepListOf: (list: string) => `Keep the titles on the Trakt list ${list}`,
  keep: 'Keep',
  keepOf: (name: string) => `Keep the titles in ${name}`,
  leave: 'Leave alone',
  leaveOf: (name: string) => `Leave ${name} alone`,
  applying: 'Applying…',
  confirmed: 'Confirmed. The collection is being updated.',
  adopted: 'Confirmed. The collection is being taken over.',
  leftDone: 'The collection stays as it is.',
  keptDone: 'Kept. Nothing was removed.',
  keptPlans: (count: number) =>
    `You chose to keep the titles of ${plural(count, { one: 'collection', other: 'collections' })}.`,
  moreTitles: (count: number) => `and ${number(count)} more`,

  history: 'History',
  historyText: 'Recent runs and their results.',
  noHistory: 'No runs yet.',
  reason: { daily: 'Daily', scan: 'After a scan', manual: 'Run now', confirmed: 'Confirmed by you' },
  state: {
    running: 'Running',
    done: 'Done',
    failed: 'Some failed',
    not_run: 'Couldn’t run',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted'
  },
  took: (seconds: string) => `${seconds} s`,
  result: (added: number, removed: number, missing: number) =>
    [
      added > 0 ? `+${number(added)}` : '',
      removed > 0 ? `−${number(removed)}` : '',
      missing > 0 ? `${number(missing)} missing` : ''
    ]
      .filter(Boolean)
      .join(' · '),
  runOf: (when: string) => `Run of ${when}`,

  tools: 'Tools',
  kometaAuth: 'Kometa authentication',
  kometaAuthText: 'Get a complete trakt block for your config.yml. Nothing you type here is stored.',
  target: 'Where to put the credentials',
  targetPaste: 'Show a block to copy',
  targetFile: (path: string) => `Write into ${path}`,
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  way: 'Authorization method',
  ways: { pin: 'PIN', device: 'Device code' },
  getPin: 'Authorize',
  openTrakt: 'Open Trakt',
  openTraktText: 'Approve there, then enter the PIN Trakt shows. It’s valid for ten minutes.',
  pin: 'PIN',
  exchange: 'Get credentials',
  deviceText: 'Open the page, enter the code and approve.',
  deviceWaiting: 'Waiting for your approval…',
  openActivation: 'Open activation page',
  yourBlock: 'Your trakt block',
  yourBlockText: 'Use it to replace the trakt block in config.yml. It contains secrets, so don’t share it.',
  copyBlock: 'Copy block',
  written: (path: string) => `The credentials were saved to ${path}.`,
  startOver: 'Start over'
};

export const m = pick('collections', en);
