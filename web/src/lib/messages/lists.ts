// Lists from Trakt.
import { pick } from './language';
import { number, plural } from './locale';

export const en = {
  title: 'Lists',
  text: 'Your Trakt watchlist and the lists you follow',
  watchlist: 'Watchlist',
  watchlistText: 'Your watchlist on Trakt, in step with this server.',
  watchlistOf: (name: string) => `${name}’s watchlist`,
  favoritesOf: (name: string) => `${name}’s favorites`,
  collectionOf: (name: string) => `${name}’s collection`,
  unnamed: 'Untitled list',
  by: (name: string) => `By ${name}`,
  official: 'Official Trakt list',
  smart: 'Smart list',
  titleCount: (count: number) => plural(count, { one: 'title', other: 'titles' }),
  entryCount: (count: number) => plural(count, { one: 'entry', other: 'entries' }),
  inLibraryCount: (count: number) => `${number(count)} in your library`,
  watchedCount: (count: number) => `${number(count)} watched`,
  others: (count: number) =>
    `${plural(count, { one: 'more entry', other: 'more entries' })} on Trakt not shown here: people, or titles that Trakt leaves out.`,
  refreshed: (when: string) => `Refreshed ${when}`,
  gone: 'No longer on Trakt',
  private: 'No longer shared',
  outdated: 'Out of date',
  pinned: 'On Home',

  follow: 'Follow a list',
  followText:
    'Paste the address of a list on Trakt. Lists of others, official and smart lists, watchlists and favorites all work.',
  address: 'Address on Trakt',
  placeholder: 'https://trakt.tv/users/…/lists/…',
  preview: 'Preview',
  followThis: 'Follow',
  followed: 'Following this list.',
  openList: 'Open list',
  alreadyFollowed: 'You follow this list.',
  emptyOnTrakt: 'This list is empty at the moment.',
  back: 'Back',
  yours: 'Your lists on Trakt',
  liked: 'Lists you like',
  noChoices: 'You have no lists on Trakt, and have not liked any.',
  previewOf: (name: string) => `Preview ${name}`,

  none: 'No lists yet',
  noneText: 'Connect Trakt to see your watchlist here and to follow lists.',
  connect: 'Connect Trakt',
  nothingOn: 'Nothing on this list',
  nothingOnText: 'Titles appear here as soon as they are added on Trakt.',
  nothingOnWatchlistText: 'Add titles with the bookmark button, here or on Trakt.',
  nothingInLibrary: 'Nothing on this list is in your library',
  nothingInLibraryText: 'Show all titles to see what is on it.',
  all: 'All',
  inLibrary: 'In library',
  filter: 'Filter',
  items: (name: string) => `Titles on ${name}`,

  refresh: 'Refresh',
  refreshDone: 'The list is up to date.',
  refreshStarted: 'Reading your watchlist from Trakt.',
  pin: 'Pin to Home',
  unpin: 'Unpin from Home',
  pinDone: 'Pinned to Home.',
  unpinDone: 'No longer on Home.',
  openOnTrakt: 'Open on Trakt',
  more: 'More actions',
  unfollow: 'Unfollow',
  unfollowTitle: (name: string) => `Unfollow ${name}?`,
  unfollowText: 'It is removed from this page and from Home. Nothing changes on Trakt.',
  unfollowed: 'No longer following this list.'
};

export const m = pick('lists', en);
