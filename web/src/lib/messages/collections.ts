// Collections: their pages, the config files that make them, and the authorization of Kometa's trakt block.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  collections: 'Collections',
  collectionCount: (count: number) => plural(count, { one: 'collection', other: 'collections' }),
  noCollections: 'No collections yet',
  noCollectionsAdmin: 'Register your Kometa config.yml, and Kinometa builds the collections that it defines.',
  noCollectionsMember: 'Collections appear here once an administrator has set some up.',
  setUp: 'Set up collections',
  emptyCollection: 'Nothing in it yet',
  emptyCollectionText: 'None of its titles is in the library.',
  inCollections: 'In these collections',
  playlist: 'Playlist',
  titleCount: (count: number) => plural(count, { one: 'title', other: 'titles' }),
  missingCount: (count: number) => `${number(count)} missing`,
  missingTitle: (name: string) => `Missing in ${name}`,
  missingText: 'What its lists name and the library lacks, as the last run saw it.',
  nothingMissing: 'Nothing is missing',
  nothingMissingText: 'The library has everything that its lists name.',
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
    'Kinometa reads your Kometa config.yml as it is, and builds the collections that it defines from Trakt in your own libraries.',
  register: 'Register a file',
  registerText: 'The file has to be on the server, or mounted into its container.',
  path: 'Path of config.yml',
  registered: 'File registered.',
  noFiles: 'No file registered',
  noFilesText:
    'Register the config.yml that you use with Kometa. Nothing in it is changed, except its Trakt credentials when they are renewed.',
  runNow: 'Run now',
  cancelRun: 'Cancel',
  runStarted: 'The collections are being built.',
  neverRan: 'never run',
  lastRun: (when: string) => `last run ${when}`,
  removeFile: (path: string) => `Remove ${path}`,
  removeFileTitle: 'Remove this file?',
  removeFileText: 'Its history is forgotten. The file and its collections stay.',
  removeFileConfirm: 'Remove file',
  fileRemoved: 'File removed.',
  schedule: 'When it runs',
  enabled: 'Run by itself',
  enabledText: 'Also keeps the Trakt credentials in the file up to date while the server runs.',
  daily: 'Daily',
  dailyText: 'Which collections are built then is decided by their own schedules.',
  dailyAt: 'Time',
  dailyAtHint: 'In the server’s time zone.',
  afterScan: 'After each scan',
  saved: 'Saved.',
  details: 'Check and libraries',
  showAll: (count: number) => `Show all ${number(count)}`,
  unreadable: 'This file cannot be read',
  allFine: 'Everything in this file can be built.',
  findings: {
    error: (count: number) => plural(count, { one: 'error', other: 'errors' }),
    warning: (count: number) => plural(count, { one: 'warning', other: 'warnings' }),
    note: (count: number) => plural(count, { one: 'note', other: 'notes' })
  },
  level: { error: 'Error', warning: 'Warning', note: 'Note' },
  place: (file: string, line: number, column: number) => `${file}, line ${line}, column ${column}`,
  libraries: 'Libraries',
  libraryIs: (name: string) => `“${name}” is`,
  onPlex: (server: string) => `Collections are made on Plex, at ${server}.`,
  libraryByName: 'The library of this name',
  libraryNone: 'Not mapped: choose a library',
  failing: (count: number) => `${number(count)} with errors`,
  dynamic: (count: number) => `${number(count)} made from Trakt’s answers`,
  mapped: 'Library mapped.',
  credentials: {
    unknown: 'Credentials not checked yet',
    none: 'Not authorized: only charts and public lists can be read',
    good: (when: string) => `Credentials good until ${when}`,
    goodOpen: 'Credentials good',
    behind: 'The file is behind',
    lost: 'Trakt no longer accepts the credentials',
    failed: 'Credentials could not be checked'
  },
  authorize: 'Authorize',

  progress: {
    queued: 'Waiting for another run',
    starting: 'Reading the file',
    reading: (done: number, total: number) => `Reading list ${number(done)} of ${number(total)}`,
    building: (done: number) => `Built ${plural(done, { one: 'collection', other: 'collections' })}`,
    over: 'Done'
  },

  waiting: 'Waiting for you',
  waitingText: 'These removals are unusual, so nothing was changed. Confirm them if they are what you want.',
  planTitle: (name: string) => `Remove titles from “${name}”?`,
  planDelete: (name: string) => `Delete “${name}”?`,
  planList: (list: string, name: string) =>
    `Take titles off your Trakt list “${list}”, which follows “${name}”?`,
  planCounts: (removed: number, kept: number, added: number) =>
    [
      `${number(removed)} would go`,
      `${number(kept)} would stay`,
      added > 0 ? `${number(added)} would come` : ''
    ]
      .filter(Boolean)
      .join(' · '),
  confirm: 'Remove them',
  confirmOf: (name: string) => `Remove the titles from ${name}`,
  confirmListOf: (list: string) => `Take the titles off the Trakt list ${list}`,
  keepListOf: (list: string) => `Keep the titles on the Trakt list ${list}`,
  keep: 'Keep them',
  keepOf: (name: string) => `Keep the titles in ${name}`,
  applying: 'Being carried out…',
  confirmed: 'The collection is planned again and the removals are made.',
  keptDone: 'The titles stay.',
  keptPlans: (count: number) =>
    `You chose to keep the titles of ${plural(count, { one: 'collection', other: 'collections' })}.`,
  moreTitles: (count: number) => `and ${number(count)} more`,

  history: 'History',
  historyText: 'The last runs, with what became of each collection.',
  noHistory: 'Nothing has run yet.',
  reason: { daily: 'Daily', scan: 'After a scan', manual: 'Run now', confirmed: 'Confirmed removals' },
  state: {
    running: 'Running',
    done: 'Done',
    failed: 'Some failed',
    not_run: 'Could not run',
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
  kometaAuthText: 'Get a finished trakt block for your config.yml. Nothing that you type here is kept.',
  target: 'Where the credentials go',
  targetPaste: 'Show a block to copy',
  targetFile: (path: string) => `Write into ${path}`,
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  way: 'How to authorize',
  ways: { pin: 'PIN', device: 'Device code' },
  getPin: 'Authorize',
  openTrakt: 'Open Trakt',
  openTraktText: 'Approve there, then enter the PIN that Trakt shows. It is valid for ten minutes.',
  pin: 'PIN',
  exchange: 'Get credentials',
  deviceText: 'Open the page, enter the code and approve.',
  deviceWaiting: 'Waiting for your approval…',
  openActivation: 'Open activation page',
  yourBlock: 'Your trakt block',
  yourBlockText: 'Put it into config.yml in place of the one there. It holds secrets: share it with nobody.',
  copyBlock: 'Copy block',
  written: (path: string) => `The credentials are in ${path}.`,
  startOver: 'Start over'
};

export const m = pick('collections', en);
