// Home, library pages, search results and title pages.
import { pick } from './language';
import { number, percent, plural } from './locale';

const EPISODES = { one: 'episode', other: 'episodes' };

export const en = {
  home: 'Home',
  continueWatching: 'Continue watching',
  upNext: 'Up next',
  recentlyAddedMovies: 'Recently added movies',
  recentlyAddedShows: 'Recently added shows',
  newInLibrary: 'New in your library',
  topRatedUnwatched: 'Top-rated movies you haven’t watched',
  emptyLibrary: 'Your library is empty',
  emptyLibraryAdmin:
    'Add a folder of movies or shows. Kinometa identifies what’s in it and watches for new files.',
  emptyLibraryMember: 'Ask your administrator to add a library.',
  addLibrary: 'Add library',
  details: 'Details',

  play: 'Play',
  resume: 'Resume',
  playTitle: (title: string) => `Play ${title}`,
  resumeTitle: (title: string) => `Resume ${title}`,
  playEpisode: (code: string) => `Play ${code}`,
  resumeEpisode: (code: string) => `Resume ${code}`,
  resumeAt: (position: string) => `Resume at ${position}`,

  watched: 'Watched',
  fileUnavailable: 'File unavailable',
  episodesLeft: (count: number) => `${plural(count, EPISODES)} left`,
  percent,
  percentWatched: (value: number) => `${percent(value)} watched`,
  rating: 'Rating',

  sort: 'Sort',
  sortBy: {
    name: 'Title',
    added: 'Date added',
    year: 'Year',
    rating: 'Rating',
    runtime: 'Runtime'
  },
  ascending: 'Ascending',
  descending: 'Descending',
  reverseAscending: 'Ascending. Reverse order',
  reverseDescending: 'Descending. Reverse order',
  all: 'All',
  genre: 'Genre',
  /** Names of Trakt’s genres that are not simply their slugs, capitalized. */
  genres: {} as Record<string, string>,
  decade: 'Decade',
  decadeName: (firstYear: string) => `${firstYear}s`,
  resolution: 'Resolution',
  library: 'Library',
  watchStatus: 'Watch status',
  unwatched: 'Unwatched',
  clearFilters: 'Clear filters',
  nothingMatches: 'No titles match these filters',
  nothingMatchesText: 'Remove a filter to see more.',
  noMovies: 'No movies yet',
  noShows: 'No shows yet',
  noTitlesAdmin:
    'Add a library in Settings, or copy files into one you already have. New files appear here within seconds.',
  noTitlesMember: 'They appear here as soon as your administrator adds some.',
  manageLibraries: 'Manage libraries',
  scrollBack: (shelf: string) => `Scroll ${shelf} back`,
  scrollForward: (shelf: string) => `Scroll ${shelf} forward`,

  resultsFor: (query: string) => `Results for “${query}”`,
  nothingFound: 'No results',
  nothingFoundText: (query: string) =>
    `Nothing in your library matches “${query}”. Try a shorter search or the original title.`,
  searchPrompt: 'What are you looking for?',
  searchPromptText: 'Search for a movie, show or episode.',

  seasons: 'Seasons',
  notInLibrary: 'Not in the library',
  otherEpisodes: 'Previous and next episode',
  previousEpisode: (code: string) => `Previous: ${code}`,
  nextEpisode: (code: string) => `Next: ${code}`,

  notMatchedTitle: 'Not matched yet',
  notMatchedText:
    'Choose the title it belongs to. Artwork and descriptions then come from Trakt, and your plays are sent there.',
  fileUnavailableText: 'File unavailable. You can play it again once its drive is back.',
  markWatched: 'Mark as watched',
  markTitleWatched: (title: string) => `Mark ${title} as watched`,
  moreWays: 'More ways to mark it',
  chooseWhen: 'Choose a date…',
  addPlay: 'Add another play…',
  markUnwatched: 'Mark as unwatched',
  unwatchTitle: (title: string) => `Mark “${title}” as unwatched?`,
  unwatchText: (plays: number) =>
    plays === 1
      ? 'Your play will be deleted from your timeline and from Trakt.'
      : `Your ${plural(plays, { one: 'play', other: 'plays' })} will be deleted from your timeline and from Trakt.`,
  unwatchSelectedTitle: 'Mark the selected titles as unwatched?',
  markTitleUnwatched: (title: string) => `Mark ${title} as unwatched`,
  markedUnwatched: (plays: number) =>
    plays === 1
      ? 'Marked as unwatched. One play deleted.'
      : `Marked as unwatched. ${plural(plays, { one: 'play', other: 'plays' })} deleted.`,
  notWatched: 'Nothing to mark: none of this has been watched.',
  playsRestored: 'Undone. Your plays are back.',
  watchedUpToHere: 'Watched up to here',
  alreadyWatched: 'Nothing to mark: everything here is watched already.',
  markUndone: 'Undone.',
  moreFor: (title: string) => `More options for ${title}`,
  playFromStart: 'Play from start',
  clearProgress: 'Clear progress',
  progressCleared: 'Progress cleared.',
  fixMatch: 'Fix match',
  viewOnTrakt: 'View on Trakt',

  whenWatched: 'When did you watch it?',
  marksAllEpisodes: 'Marks every episode that has aired.',
  addsAnotherPlay: 'You’ve already watched this. Marking it again adds another play.',
  addsPlay: 'Adds a play to your timeline, and to Trakt if you’re connected.',
  justNow: 'Just now',
  onRelease: 'On its release date',
  unknownDate: 'I don’t remember',
  otherDate: 'Another date and time',
  addedToTimeline: (plays: number) =>
    plays === 1
      ? 'Added to your timeline.'
      : `${plural(plays, { one: 'play', other: 'plays' })} added to your timeline.`,

  select: 'Select',
  selectTitles: 'Select titles',
  selectTitle: (title: string) => `Select ${title}`,
  selectAll: 'Select all',
  selected: (count: number) => `${number(count)} selected`,
  selectedTitles: 'Selected titles',
  stopSelecting: 'Stop selecting',

  yourPlays: 'Your plays',
  file: 'File',
  versions: (count: number) => `Versions (${count})`,
  unknownFormat: 'Unknown format',
  audioTracks: 'Audio',
  subtitles: 'Subtitles',
  playVersion: (version: string) => `Play ${version}`,

  fact: {
    released: 'Released',
    firstAired: 'First aired',
    status: 'Status',
    network: 'Network',
    certification: 'Certification',
    country: 'Country',
    language: 'Language',
    votes: 'Votes on Trakt',
    plays: 'Your plays',
    added: 'Added'
  },

  /** Names of Trakt’s statuses that are not simply capitalized. */
  statuses: {} as Record<string, string>,

  track: (position: number) => `Track ${position}`,
  forced: 'Forced',
  externalFile: 'External file',
  mono: 'Mono',
  stereo: 'Stereo',
  channels: (count: number) => plural(count, { one: 'channel', other: 'channels' }),

  /** The next setup step, as a card on Home. */
  setup: {
    dismiss: 'Dismiss this step',
    keyTitle: 'Set up Trakt for posters, descriptions and sync',
    keyText:
      'Without a Trakt API application, Kinometa shows only what it finds in your files, and what you watch stays on this server.',
    keyAction: 'Set up Trakt',
    connectTitle: 'Connect your Trakt account',
    connectText:
      'What you watch here shows up on Trakt, and you can import your Trakt history. Nothing is imported until you say so.',
    connectAction: 'Connect Trakt',
    reconnectTitle: 'Trakt needs to be reconnected',
    reconnectText:
      'Trakt no longer accepts the connection. Nothing is lost: reconnect, and everything waiting is sent.',
    reconnectAction: 'Reconnect'
  },
  missingKey: 'With a Trakt API application, this library gets posters, descriptions and ratings.',
  missingKeyAction: 'Set up Trakt'
};

export const m = pick('titles', en);
