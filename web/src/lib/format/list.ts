// Names and descriptions of lists.
import type { List } from '$lib/api';
import { m } from '$lib/messages/lists';

type Named = Pick<List, 'kind' | 'name' | 'owner'>;

/** The name of a list. Names of watchlists, favorites and collections are derived from their owner. */
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

/** The owner or kind of a list; empty if the name includes it. */
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

/** A short description of a list's problem; empty if there is none. */
export function listProblem(list: Pick<List, 'state' | 'message'> & { system?: boolean }): string {
  if (list.state === 'gone') return m.gone;
  if (list.state === 'private') return m.private;
  if (!list.message) return '';
  return list.system ? m.notFollowing : m.outdated;
}
