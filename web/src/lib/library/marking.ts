// Marks titles as watched or unwatched, from any place where a title is shown.
import { titles, type Play, type RemovedPlay, type TitleCard } from '$lib/api';
import { m as common } from '$lib/messages/common';
import { m as ratings } from '$lib/messages/ratings';
import { m } from '$lib/messages/titles';
import { invalidate } from '$lib/state/query.svelte';
import { attempt, toasts } from '$lib/state/toasts.svelte';

/** Called after a change, for lists that are not refreshed by live updates. */
type Changed = () => void | Promise<void>;

const nothing: Changed = () => undefined;

/** Maximum number of plays that the server restores in one request. */
const MAX_RESTORED = 2_000;

/** Marks the unwatched parts of these titles as watched now, with one request. */
export async function markNow(ids: readonly number[], changed = nothing): Promise<void> {
  await marked(() => titles.markTogether(ids), changed);
}

/** Marks this episode and all earlier ones, including earlier seasons, that have aired and are unwatched. */
export async function markUpTo(episode: TitleCard, changed = nothing): Promise<void> {
  await marked(() => titles.markTogether([episode.id], true), changed);
}

async function marked(request: () => Promise<{ play_ids: number[] }>, changed: Changed): Promise<void> {
  let plays: number[] = [];
  if (!(await attempt(async () => (plays = (await request()).play_ids)))) return;
  if (plays.length > 0) await announce(plays, changed);
  else toasts.show(m.alreadyWatched, 'plain');
}

/** Shows how many plays were added, and offers to undo it. */
export async function announce(plays: readonly number[], changed: Changed): Promise<void> {
  offerUndo(
    m.addedToTimeline(plays.length),
    () => titles.deletePlays(plays),
    m.markUndone,
    () => refresh(changed)
  );
  await refresh(changed);
}

/** The number of plays that are deleted when these titles are marked as unwatched; null if the request fails. */
export async function playsOf(ids: readonly number[]): Promise<number | null> {
  let plays: number | null = null;
  await attempt(async () => (plays = (await titles.unmark(ids, true)).plays.length));
  return plays;
}

/** Deletes every play of these titles, here and on Trakt, and offers to undo it. */
export async function markUnwatched(ids: readonly number[], changed = nothing): Promise<void> {
  let plays: RemovedPlay[] = [];
  if (!(await attempt(async () => (plays = (await titles.unmark(ids)).plays)))) return;
  if (plays.length === 0) return toasts.show(m.notWatched, 'plain');
  offerUndo(
    m.markedUnwatched(plays.length),
    () => restore(plays),
    m.playsRestored,
    () => refresh(changed)
  );
  await refresh(changed);
}

/** Adds titles to the watchlist, and offers to undo that for those that were not on it. */
export async function addToWatchlist(ids: readonly number[], changed = nothing): Promise<void> {
  let added: number[] = [];
  if (!(await attempt(async () => (added = (await titles.changeWatchlist(ids, true)).title_ids)))) return;
  if (added.length === 0) return toasts.show(ratings.alreadyListed, 'plain');
  offerUndo(
    ratings.addedMany(added.length),
    () => titles.changeWatchlist(added, false),
    ratings.removed,
    () => refresh(changed)
  );
  await refresh(changed);
}

async function restore(plays: RemovedPlay[]): Promise<void> {
  for (let at = 0; at < plays.length; at += MAX_RESTORED)
    await titles.restorePlays(plays.slice(at, at + MAX_RESTORED));
}

function offerUndo(text: string, undo: () => Promise<unknown>, undone: string, after: Changed): void {
  const run = async () => {
    if (await attempt(undo, undone)) await after();
  };
  toasts.show(text, 'good', undefined, { label: common.undo, run });
}

/** The IDs of plays. */
export const idsOf = (plays: Pick<Play, 'id'>[]) => plays.map((play) => play.id);

async function refresh(changed: Changed): Promise<void> {
  invalidate('home', 'title', 'list', 'timeline', 'statistics');
  await changed();
}
