// How lists are called and described.
import type { List } from '$lib/api';
import { m } from '$lib/messages/lists';

type Named = Pick<List, 'kind' | 'name' | 'owner'>;

/** The name of a list. Watchlists, favorites and collections have none of their own. */
export function listName(list: Named): string {
  const owner = list.owner?.name ?? '';
  switch (list.kind) {
    case 'watchlist':
      return m.watchlist;
    case 'member_watchlist':
      return m.watchlistOf(owner);
    case 'member_favorites':
      return m.favoritesOf(owner);
    case 'member_collection':
      return m.collectionOf(owner);
    case 'personal':
    case 'official':
    case 'smart':
      return list.name.trim() || m.unnamed;
  }
}

/** Whose it is, or what it is, in a few words. Empty when the name says so already. */
export function listOrigin(list: Named): string {
  switch (list.kind) {
    case 'official':
      return m.official;
    case 'smart':
      return m.smart;
    case 'personal':
      return list.owner ? m.by(list.owner.name) : '';
    case 'watchlist':
    case 'member_watchlist':
    case 'member_favorites':
    case 'member_collection':
      return '';
  }
}

/** What is wrong with it, in two or three words. */
export function listTrouble(list: Pick<List, 'state' | 'message'> & { system?: boolean }): string {
  if (list.state === 'gone') return m.gone;
  if (list.state === 'private') return m.private;
  if (!list.message) return '';
  return list.system ? m.notFollowing : m.outdated;
}
