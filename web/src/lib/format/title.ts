// What titles and files are called in the interface, and where their pages are.
import type { AudioTrack, MediaFile, SubtitleTrack, TitleCard } from '$lib/api';
import { runtime } from './time';

/** `S01E02`; specials are season 0. */
export function episodeCode(title: Pick<TitleCard, 'season_number' | 'episode_number'>): string {
  const season = `S${String(title.season_number ?? 0).padStart(2, '0')}`;
  return title.episode_number == null ? season : `${season}E${String(title.episode_number).padStart(2, '0')}`;
}

/** `Season 2`, `Specials`. */
export function seasonName(number: number | null | undefined): string {
  return number === 0 ? 'Specials' : `Season ${number ?? '?'}`;
}

/** The line that names a title on its own: a show's name for an episode. */
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
      return [title.year, countLabel(title.episode_count, 'episode')].filter(Boolean).join(' · ');
    case 'movie':
      return [title.year, runtime(title.runtime_minutes)].filter(Boolean).join(' · ');
  }
}

/** The whole of it for screen readers and window titles. */
export function fullName(title: TitleCard): string {
  if (title.kind === 'movie' || title.kind === 'show')
    return title.year ? `${title.name} (${title.year})` : title.name;
  return `${headline(title)}, ${subline(title)}`;
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

export function countLabel(count: number | null | undefined, word: string): string {
  return count == null ? '' : `${count.toLocaleString('en-GB')} ${word}${count === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export function fileSize(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** unit;
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const CODECS: Record<string, string> = {
  h264: 'H.264',
  avc1: 'H.264',
  hevc: 'HEVC',
  h265: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  vp8: 'VP8',
  aac: 'AAC',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital+',
  truehd: 'Dolby TrueHD',
  dts: 'DTS',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  mp3: 'MP3'
};

export function codecName(codec: string): string {
  return CODECS[codec.toLowerCase()] ?? codec.toUpperCase();
}

export function channelName(channels: number): string {
  return { 1: 'Mono', 2: 'Stereo', 6: '5.1', 8: '7.1' }[channels] ?? `${channels} channels`;
}

/** `English` for `en` or `eng`; the code itself when it is not known. */
export function languageName(code: string | null | undefined): string {
  if (!code || code === 'und') return '';
  try {
    return new Intl.DisplayNames('en-GB', { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function audioLabel(track: AudioTrack): string {
  const name = languageName(track.language) || `Track ${track.index + 1}`;
  return [
    track.title && track.title !== name ? `${name}, ${track.title}` : name,
    codecName(track.codec),
    channelName(track.channels)
  ].join(' · ');
}

export function subtitleLabel(track: SubtitleTrack): string {
  const name = languageName(track.language) || track.title || `Track ${track.index + 1}`;
  return [name, track.forced ? 'forced' : '', track.external ? 'beside the file' : '']
    .filter(Boolean)
    .join(' · ');
}

/** `1080p`, `4K`, from the picture's size; wide films are judged by their width. */
export function resolutionName(width: number, height: number): string {
  const lines = Math.max(height, Math.round((width * 9) / 16));
  if (lines >= 4000) return '8K';
  if (lines >= 2000) return '4K';
  const step = [1440, 1080, 720, 576, 480].find((candidate) => lines >= candidate * 0.94);
  return step ? `${step}p` : `${height}p`;
}

/** One line that tells versions of a title apart: `Director's Cut · 1080p · HDR10 · MKV`. */
export function versionLabel(file: MediaFile): string {
  const parts = [
    file.edition,
    file.video ? resolutionName(file.video.width, file.video.height) : '',
    file.video?.hdr,
    file.video ? codecName(file.video.codec) : '',
    file.container ? containerName(file.container) : ''
  ];
  // An edition is often named after the resolution.
  return [...new Set(parts.filter(Boolean))].join(' · ');
}

export function containerName(container: string): string {
  return { matroska: 'MKV', quicktime: 'MOV' }[container.toLowerCase()] ?? container.toUpperCase();
}

/** `Science Fiction` for Trakt's `science-fiction`. */
export function genreName(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
