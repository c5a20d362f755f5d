// Dropping shows, and excluding titles from Trakt.
import { titles, trakt, type TitleCard } from '$lib/api';
import { m } from '$lib/messages/flow';
import { invalidate } from '$lib/state/query.svelte';
import { attempt, toasts } from '$lib/state/toasts.svelte';

/** Drops a show, or undoes that. Returns whether it succeeded. */
export async function toggleDropped(show: Pick<TitleCard, 'id' | 'name' | 'dropped'>): Promise<boolean> {
  const done = show.dropped
    ? await attempt(() => titles.undrop(show.id), m.takenUp(show.name))
    : await attempt(() => titles.drop(show.id), m.droppedNow(show.name));
  if (done) invalidate('home', 'title');
  return done;
}

/** Excludes a title, with all of its seasons and episodes, from Trakt. */
export async function keepFromTrakt(title: Pick<TitleCard, 'id' | 'name'>): Promise<void> {
  const change = async (excluded: boolean) => {
    const now = (await trakt.settings()).excluded_titles.map((other) => other.id);
    const others = now.filter((id) => id !== title.id);
    await trakt.changeSettings({ excluded_titles: excluded ? [...others, title.id] : others });
  };
  if (!(await attempt(() => change(true)))) return;
  toasts.show(m.kept(title.name), 'good', m.keptText, {
    label: m.undoKeep,
    run: async () => {
      await attempt(() => change(false));
    }
  });
}
