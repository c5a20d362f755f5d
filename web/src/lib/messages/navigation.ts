// The frame around every page: navigation, search, account menu, connection banner.
import { pick } from './language';
import { plural } from './locale';

export const en = {
  mainNavigation: 'Main',
  home: 'Home',
  movies: 'Movies',
  shows: 'Shows',
  collections: 'Collections',
  lists: 'Lists',
  timeline: 'Timeline',
  statistics: 'Statistics',
  settings: 'Settings',
  homeLink: 'Kinometa, home',
  skipToContent: 'Skip to content',
  demoNote: 'Demo library. Trakt is simulated on this machine.',

  disconnected: 'No connection to Kinometa.',
  reconnecting: 'Reconnecting…',
  traktDisconnected: 'Trakt disconnected',
  clickToReconnect: 'click to reconnect',

  incognito: 'Incognito',
  incognitoOnHint: 'Incognito is on: nothing you play in this tab is sent to Trakt',
  incognitoOffHint: 'Incognito: play in this tab without sending anything to Trakt',
  incognitoOn: 'Incognito is on in this tab.',
  incognitoOnDetail: 'What you play here isn’t sent to Trakt.',
  incognitoOff: 'Incognito is off.',

  accountMenu: (name: string) => `Account: ${name}`,
  administrator: 'Administrator',
  profile: 'Profile',
  signOut: 'Sign out',

  /** The Trakt connection's status icon in the sidebar and the account menu. */
  traktMark: {
    label: (state: string) => `Trakt: ${state}`,
    connected: 'connected',
    waiting: (count: number) => `${plural(count, { one: 'change', other: 'changes' })} waiting`,
    rejected: (count: number) => `${plural(count, { one: 'change', other: 'changes' })} rejected`,
    trouble: 'not responding',
    reconnect: 'reconnect',
    broken: 'not working',
    notConnected: 'not connected'
  },

  clearSearch: 'Clear search',
  searchResults: 'Search results',
  noHits: (query: string) => `Nothing in your library matches “${query}”.`
};

export const m = pick('navigation', en);
