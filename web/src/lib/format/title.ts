// Names of titles in the interface, and addresses of their pages.
import type { TitleCard } from '$lib/api';
import { m } from '$lib/messages/common';
import { m as titles } from '$lib/messages/titles';
import { runtime } from './time';

/** `S01E02`; specials are season 0. */
export function episodeCode(title: Pick<TitleCard, 'season_number' | 'episode_number'>): string {
  const season = `S${String(title.season_number ?? 0).padStart(2, '0')}`;
  return title.episode_number == null ? season : `${season}E${String(title.episode_number).padStart(2, '0')}`;
}

/** The caption on a title's image if its file is missing or unavailable, otherwise null. */
export function fileNote(
  title: Pick<TitleCard, 'kind' | 'versions' | 'missing'> & { episode_count?: number }
): string | null {
  const isShow = title.kind === 'show' || title.kind === 'season';
  // A title is unavailable only if its file has disappeared, not if it never had one.
  const neverInLibrary = isShow ? !title.episode_count : title.versions === 0;
  if (neverInLibrary) return title.kind === 'episode' ? null : titles.notInLibrary;
  return title.missing ? titles.fileUnavailable : null;
}

/** `Season 2`, `Specials`. */
export function seasonName(number: number | null | undefined): string {
  return number === 0 ? m.specials : m.season(number ?? '?');
}

/** The main line of a title; for episodes and seasons, the show's name. */
export function headline(title: TitleCard): string {
  return title.kind === 'episode' || title.kind === 'season' ? (title.show_name ?? title.name) : title.name;
}

/** The line below the headline: year, or season and episode. */
export function subline(title: TitleCard): string {
  switch (title.kind) {
    case 'episode':
      return `${episodeCode(title)} · ${title.name}`;
    case 'season':
      return seasonName(title.season_number);
    case 'show':
      return [title.year, episodeCount(title)].filter(Boolean).join(' · ');
    case 'movie':
      return [title.year, runtime(title.runtime_minutes)].filter(Boolean).join(' · ');
  }
}

/** The full name, for screen readers and window titles. */
export function fullName(title: TitleCard): string {
  if (title.kind === 'movie' || title.kind === 'show')
    return title.year ? `${title.name} (${title.year})` : title.name;
  return `${headline(title)}, ${subline(title)}`;
}

/** `12 episodes`; empty if the number is unknown or zero. */
export function episodeCount(title: Pick<TitleCard, 'episode_count'>): string {
  return title.episode_count ? m.episodeCount(title.episode_count) : '';
}

export function titleHref(title: Pick<TitleCard, 'id' | 'kind' | 'show_id' | 'season_number'>): string {
  return title.kind === 'season' && title.show_id != null
    ? `/title/${title.show_id}/season/${title.season_number ?? 0}`
    : `/title/${title.id}`;
}

export function playHref(id: number, at?: 'start' | 'resume', file?: number): string {
  const query = new URLSearchParams();
  if (at) query.set('at', at);
  if (file !== undefined) query.set('file', String(file));
  return query.size ? `/play/${id}?${query}` : `/play/${id}`;
}

/** `Science Fiction` for Trakt's `science-fiction`. */
export function genreName(slug: string): string {
  const translated = titles.genres[slug];
  if (translated) return translated;
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
