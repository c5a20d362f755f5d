import { expect, it } from 'vitest';
import { listName, listOrigin, listProblem } from './list';

const owner = { slug: 'sean', name: 'Sean' };

it.each([
  [{ kind: 'watchlist', name: 'Watchlist' }, 'Watchlist', ''],
  [{ kind: 'personal', name: 'Rainy Sunday', owner }, 'Rainy Sunday', 'By Sean'],
  [{ kind: 'personal', name: '  ', owner }, 'Untitled list', 'By Sean'],
  [{ kind: 'official', name: 'Marvel' }, 'Marvel', 'Official Trakt list'],
  [{ kind: 'smart', name: 'Nineties' }, 'Nineties', 'Smart list'],
  [{ kind: 'member_watchlist', name: 'Watchlist', owner }, 'Sean’s watchlist', ''],
  [{ kind: 'member_favorites', name: 'Favorites', owner }, 'Sean’s favorites', ''],
  [{ kind: 'member_collection', name: 'Collection', owner }, 'Sean’s collection', '']
] as const)('names and describes %j', (list, name, origin) => {
  expect(listName(list)).toBe(name);
  expect(listOrigin(list)).toBe(origin);
});

it.each([
  [{ state: 'current' }, ''],
  [{ state: 'current', message: 'Trakt is away.' }, 'Out of date'],
  [{ state: 'current', message: 'It is switched off.', system: true }, 'Not synced with Trakt'],
  [{ state: 'gone', message: 'It is gone.' }, 'No longer on Trakt'],
  [{ state: 'private', message: 'It is private.' }, 'No longer shared']
] as const)('describes the problem of %j', (list, problem) => {
  expect(listProblem(list)).toBe(problem);
});
