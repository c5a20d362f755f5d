// Settings except Trakt: profile, libraries, matches, people and about.
import { pick } from './language';
import { number, plural } from './locale';

const FILES = { one: 'file', other: 'files' };
const SKIPPED = { one: 'file or folder was', other: 'files and folders were' };

export const en = {
  settings: 'Settings',
  windowTitle: (part: string) => `${part} · Settings`,
  profile: 'Profile',
  trakt: 'Trakt',
  plex: 'Plex',
  alsoOnPlex: (library: string) => `Also on Plex: ${library}`,
  libraries: 'Libraries',
  matches: 'Matches',
  collections: 'Collections',
  people: 'People',
  tools: 'Tools',
  about: 'About',

  you: 'You',
  signedInAs: (username: string) => `Signed in as ${username}.`,
  nameSaved: 'Display name saved.',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { dark: 'Dark', light: 'Light', system: 'Match system' },
  language: 'Language',
  matchBrowser: 'Match browser',
  playback: 'Playback',
  autoplay: 'Autoplay next episode',
  autoplayText: 'Starts after a countdown at the end of an episode. You can cancel it.',
  audioLanguage: 'Audio language',
  subtitleLanguage: 'Subtitles',
  asInFile: 'File default',
  noSubtitles: 'Off',
  remembered: 'The player also remembers the volume, speed and languages you choose while watching.',
  passwordText:
    'Changing your password signs you out on all other devices. API tokens stay valid unless you revoke them.',
  revokeTokens: 'Also revoke API tokens',
  revokeTheirTokens: 'Also revoke their API tokens',
  revokeTokensText: 'Scripts and programs that use a token will need a new one.',
  currentPassword: 'Current password',
  changePassword: 'Change password',
  passwordChanged: 'Password changed.',
  passwordChangedTokensRevoked: 'Password changed and API tokens revoked.',

  tokens: 'API tokens',
  tokensText: 'For scripts. Send a token with each request as “Authorization: Bearer …”.',
  newToken: 'New token',
  newTokenTitle: 'New API token',
  yourNewToken: 'Your new token',
  copyTokenNow: 'Copy it now',
  copyTokenText: 'You won’t be able to see this token again.',
  tokenName: 'What is it for?',
  tokenExample: 'Home Assistant',
  createToken: 'Create token',
  tokenCreated: (when: string) => `created ${when}`,
  tokenUsed: (when: string) => `last used ${when}`,
  tokenUnused: 'never used',
  deleteToken: (name: string) => `Delete token ${name}`,
  deleteTokenTitle: (name: string) => `Delete the token “${name}”?`,
  deleteTokenText: 'Scripts that use it stop working immediately.',
  tokenDeleted: 'Token deleted.',
  noTokens: 'No tokens yet.',

  librariesText: 'Folders of movies or shows on the server. New files are picked up within seconds.',
  addLibrary: 'Add library',
  noLibraries: 'No libraries yet',
  noLibrariesText: 'Choose a folder on the server that contains movies or shows.',
  libraryKind: 'What’s in this folder?',
  movies: 'Movies',
  shows: 'Shows',
  folder: 'Folder on the server',
  folderExample: '/srv/media/movies',
  foldersIn: (path: string) => `Folders in ${path}`,
  parentFolder: 'Parent folder',
  notReadable: 'not readable',
  noFolders: 'There are no folders in here. Use this one, or go up.',
  libraryName: 'Name',
  addAndScan: 'Add and scan',
  libraryAdded: (name: string) => `“${name}” was added and is being scanned.`,
  editLibrary: (name: string) => `Edit library ${name}`,
  editLibraryTitle: 'Edit library',
  editLibraryText:
    'If the files have moved, enter their new folder here. What everyone watched and all matches are kept.',
  librarySaved: (name: string) => `“${name}” was saved.`,
  unavailableFiles: (count: number) => `${number(count)} unavailable`,
  scannedAt: (when: string) => `scanned ${when}`,
  neverScanned: 'not scanned yet',
  scan: 'Scan',
  stop: 'Stop',
  removeLibrary: (name: string) => `Remove library ${name}`,
  removeLibraryTitle: (name: string) => `Remove “${name}”?`,
  removeLibraryText:
    'Its titles disappear from Kinometa. The files on disk and everyone’s timelines are kept.',
  removeLibraryConfirm: 'Remove library',
  libraryRemoved: (name: string) => `“${name}” was removed.`,

  scanPhase: {
    walking: 'Looking for files',
    probing: 'Reading files',
    matching: 'Identifying titles',
    done: 'Finished',
    stopped: 'Stopped',
    failed: 'Failed'
  },
  scannedFiles: (seen: number, total: number | undefined) =>
    total === undefined ? plural(seen, FILES) : `${number(seen)} of ${plural(total, FILES)}`,
  filesPerSecond: (rate: number) => `${number(rate)} per second`,
  timeLeft: (duration: string) => `about ${duration} left`,
  newFiles: (count: number) => `${number(count)} new`,
  changedFiles: (count: number) => `${number(count)} changed`,
  problemFiles: (count: number) => `${number(count)} with problems`,
  scanStopped: 'The last scan was stopped. Everything it found so far is kept.',

  problems: 'Files with problems',
  problemsText: (count: number) =>
    `${plural(count, FILES)} couldn’t be read completely. Kinometa tries again whenever a file changes.`,

  leftOut: 'Skipped',
  leftOutText: (count: number) =>
    `${plural(count, SKIPPED)} skipped because of ${count === 1 ? 'its name or type' : 'their names or types'}. This isn’t a problem.`,

  matchesText:
    'Which title each file belongs to. Kinometa never guesses: anything unclear waits here for you.',
  matchState: 'State',
  matchStates: {
    unmatched: { label: 'Unmatched', empty: 'Every file has a title.' },
    ambiguous: { label: 'Ambiguous', empty: 'There’s nothing to choose between.' },
    ignored: { label: 'Hidden', empty: 'You haven’t hidden anything.' },
    matched: { label: 'Matched', empty: 'Nothing has been matched yet.' }
  },
  withTotal: (label: string, total: number) => `${label} (${number(total)})`,
  filesToMatch: (count: number) =>
    plural(count, { one: 'title needs a match', other: 'titles need a match' }),
  allClear: 'All clear',
  kind: { movie: 'Movie', show: 'Show', season: 'Season', episode: 'Episode' },
  moreFiles: (count: number) => `and ${plural(count, { one: 'more file', other: 'more files' })}`,
  /** The title follows as a link. */
  shownAs: 'Shown as',
  fixMatch: 'Fix match',
  fixMatchText: 'Search Trakt for the correct title.',
  title: 'Title',
  year: 'Year',
  noCandidates: 'No results on Trakt',
  noCandidatesText: 'Try the original title, or leave out the year.',
  choose: 'Choose',
  chooseCandidate: (name: string, year: number | undefined) =>
    year === undefined ? `Choose ${name}` : `Choose ${name} ${year}`,
  matchedTo: (name: string) => `Matched to ${name}.`,
  keepFileName: 'Use file name',
  keepsFileName: 'The title is shown under its file name.',
  hide: 'Hide from library',
  hideTitle: (name: string) => `Hide “${name}”?`,
  hideText:
    'It disappears from the library for everyone. The file stays where it is, and you can bring it back from the Hidden tab.',
  hidden: 'Hidden from the library.',

  peopleText: 'Everyone has their own sign-in, timeline and Trakt connection.',
  addPerson: 'Add person',
  adminsOnly: 'For administrators',
  adminsOnlyText: 'Only administrators of this server can open this page.',
  administrator: 'Administrator',
  administratorText: 'Can manage libraries, people and the Trakt API application.',
  itsYou: 'You',
  traktUser: (username: string) => `Trakt: ${username}`,
  editPerson: (name: string) => `Edit ${name}`,
  removePerson: (name: string) => `Remove ${name}`,
  removePersonTitle: (name: string) => `Remove ${name}?`,
  removePersonText:
    'Their account, timeline and Trakt connection are deleted from this server. Their history on Trakt is kept.',
  personRemoved: (name: string) => `${name} was removed.`,
  personAdded: (name: string) => `${name} can sign in now.`,
  personSaved: 'Changes saved.',
  newPasswordOptional: 'New password (leave empty to keep the current one)',

  version: (version: string) => `Version ${version}`,
  demoVersion: (version: string) => `Version ${version}, demo`,
  database: 'Database',
  ffmpeg: 'ffmpeg',
  notFound: 'Not found',
  dataFolder: 'Data folder',
  traktApi: 'Trakt API',
  started: 'Started',
  ffmpegMissing: 'ffmpeg not found',
  ffmpegMissingText:
    'Files that browsers can’t play directly won’t play until ffmpeg is installed. Kinometa picks it up without a restart.'
};

export const m = pick('settings', en);
