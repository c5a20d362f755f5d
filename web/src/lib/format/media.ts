// Labels of files and their tracks. Codecs, containers and resolutions are named by the server.
import type { AudioTrack, MediaFile, SubtitleTrack } from '$lib/api';
import { LOCALE } from '$lib/messages/locale';
import { m } from '$lib/messages/titles';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export function fileSize(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** unit;
  const digits = value >= 100 || unit === 0 ? 0 : 1;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${new Intl.NumberFormat(LOCALE, format).format(value)} ${UNITS[unit]}`;
}

function channelName(channels: number): string {
  return { 1: m.mono, 2: m.stereo, 6: '5.1', 8: '7.1' }[channels] ?? m.channels(channels);
}

/** `English` for `en` or `eng`; the code itself when it is not known. */
export function languageName(code: string | null | undefined): string {
  if (!code || code === 'und') return '';
  return displayName('language', code) || code;
}

/** `Germany` for `de`. */
export function countryName(code: string): string {
  return displayName('region', code.toUpperCase()) || code;
}

function displayName(type: 'language' | 'region', code: string): string {
  try {
    return new Intl.DisplayNames(LOCALE, { type, fallback: 'none' }).of(code) ?? '';
  } catch {
    // The text is not a well-formed code.
    return '';
  }
}

export function audioLabel(track: AudioTrack): string {
  const name = languageName(track.language) || m.track(track.index + 1);
  return [
    track.title && track.title !== name ? `${name}, ${track.title}` : name,
    track.codec_name,
    channelName(track.channels)
  ].join(' · ');
}

export function subtitleLabel(track: SubtitleTrack): string {
  const name = languageName(track.language) || track.title || m.track(track.index + 1);
  return [name, track.forced ? m.forced : '', track.external ? m.externalFile : '']
    .filter(Boolean)
    .join(' · ');
}

/** One line that tells versions of a title apart: `Director's Cut · 1080p · HDR10 · H.264 · Matroska`. */
export function versionLabel(file: MediaFile): string {
  const { edition, video, container_name } = file;
  const parts = [edition, video?.resolution, video?.hdr, video?.codec_name, container_name];
  // An edition is often named after the resolution.
  return [...new Set(parts.filter(Boolean))].join(' · ');
}
