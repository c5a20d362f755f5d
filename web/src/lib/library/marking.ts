// Marking as watched by hand, from wherever a title is shown.
import { titles, type Play, type TitleCard } from '$lib/api';
import { m as common } from '$lib/messages/common';
import { m } from '$lib/messages/titles';
import { invalidate } from '$lib/state/query.svelte';
import { attempt, toasts } from '$lib/state/toasts.svelte';

/** Of each request's answer, what undoing needs. */
type Marked = Pick<Play, 'id'>[];

/** Called after something has changed, for lists that no live update reaches. */
type Changed = () => void | Promise<void>;

/** Marks titles as watched now, one after the other: what was marked before one fails can be undone. */
export async function markNow(ids: readonly number[], changed: Changed = () => undefined): Promise<void> {
  const plays: Marked = [];
  const all = await attempt(async () => {
    for (const id of ids) plays.push(...(await titles.markWatched(id, 'now')).plays);
  });
  if (plays.length > 0) await announce(plays, changed);
  else if (all) toasts.show(m.alreadyWatched, 'plain');
}

/** Says what was marked, and offers to undo it. */
export async function announce(plays: Marked, changed: Changed): Promise<void> {
  const undo = async () => {
    const undone = await attempt(async () => {
      for (const play of plays) await titles.deletePlay(play.id);
    }, m.markUndone);
    if (undone) await refresh(changed);
  };
  toasts.show(m.addedToTimeline(plays.length), 'good', undefined, { label: common.undo, run: undo });
  await refresh(changed);
}

/** Marks this episode and all before it that have aired and are not watched, those of earlier seasons included. */
export async function markUpTo(episode: TitleCard, changed: Changed = () => undefined): Promise<void> {
  let ids: number[] = [];
  const read = await attempt(async () => (ids = await upTo(episode)));
  if (read) await markNow(ids, changed);
}

/** Earlier seasons as a whole, then the episodes of its own. Specials are not before anything. */
export async function upTo(episode: TitleCard): Promise<number[]> {
  const { show_id: show, season_number: season, episode_number: number } = episode;
  if (show === undefined || season === undefined || number === undefined) return [episode.id];
  const [{ seasons }, { episodes }] = await Promise.all([titles.get(show), titles.getSeason(show, season)]);
  const earlier = (seasons ?? []).filter((other) => {
    const at = other.season_number ?? 0;
    return at > 0 && at < season && (other.unwatched_episodes ?? 1) > 0;
  });
  const own = (episodes ?? []).filter(
    (other) => (other.episode_number ?? Infinity) <= number && !other.watched && !isFuture(other.released_at)
  );
  return [...earlier, ...own].map((title) => title.id);
}

function isFuture(date: string | undefined): boolean {
  return date !== undefined && Date.parse(date) > Date.now();
}

/** Deletes every play of a movie or an episode. */
export async function markUnwatched(id: number, changed: Changed): Promise<void> {
  const done = await attempt(async () => {
    // A title shows its latest plays only: behind them there can be more.
    const deleted = new Set<number>();
    for (;;) {
      const { recent_plays } = await titles.get(id);
      const plays = recent_plays.filter((play) => !deleted.has(play.id));
      if (plays.length === 0) return;
      for (const play of plays) {
        await titles.deletePlay(play.id);
        deleted.add(play.id);
      }
    }
  }, m.markedUnwatched);
  if (done) await refresh(changed);
}

async function refresh(changed: Changed): Promise<void> {
  invalidate('home', 'title', 'timeline', 'statistics');
  await changed();
}
