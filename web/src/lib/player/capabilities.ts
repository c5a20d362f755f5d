// What this browser can play. The server uses it to decide how to deliver a file.
import type { Capabilities } from '$lib/api';

/** The browser's answer for a MIME type: '', 'maybe' or 'probably'. */
export type CanPlay = (type: string) => string;

interface Probe {
  name: string;
  types: string[];
}

const CONTAINERS: Probe[] = [
  { name: 'mp4', types: ['video/mp4; codecs="avc1.42E01E"'] },
  { name: 'webm', types: ['video/webm; codecs="vp9"', 'video/webm; codecs="vp8"'] },
  { name: 'mkv', types: ['video/x-matroska; codecs="avc1.42E01E"', 'video/matroska; codecs="avc1.42E01E"'] },
  { name: 'ogg', types: ['video/ogg; codecs="theora"'] },
  { name: 'mov', types: ['video/quicktime; codecs="avc1.42E01E"'] }
];

const VIDEO: Probe[] = [
  { name: 'h264', types: ['video/mp4; codecs="avc1.640028"'] },
  { name: 'hevc', types: ['video/mp4; codecs="hvc1.1.6.L120.90"', 'video/mp4; codecs="hev1.1.6.L120.90"'] },
  { name: 'vp8', types: ['video/webm; codecs="vp8"'] },
  { name: 'vp9', types: ['video/webm; codecs="vp09.00.40.08"', 'video/webm; codecs="vp9"'] },
  { name: 'vp9-10', types: ['video/webm; codecs="vp09.02.40.10"'] },
  { name: 'av1', types: ['video/mp4; codecs="av01.0.08M.08"'] },
  { name: 'av1-10', types: ['video/mp4; codecs="av01.0.08M.10"'] }
];

const AUDIO: Probe[] = [
  { name: 'aac', types: ['audio/mp4; codecs="mp4a.40.2"'] },
  { name: 'mp3', types: ['audio/mpeg'] },
  { name: 'opus', types: ['audio/webm; codecs="opus"', 'audio/mp4; codecs="opus"'] },
  { name: 'vorbis', types: ['audio/webm; codecs="vorbis"'] },
  { name: 'flac', types: ['audio/mp4; codecs="flac"'] },
  { name: 'ac3', types: ['audio/mp4; codecs="ac-3"'] },
  { name: 'eac3', types: ['audio/mp4; codecs="ec-3"'] }
];

/** `hls` means that HLS can be played, natively or through Media Source Extensions. */
export function capabilities(canPlay: CanPlay, hls: boolean): Capabilities {
  const names = (probes: Probe[]) =>
    probes.filter((probe) => probe.types.some((type) => canPlay(type) !== '')).map((probe) => probe.name);
  return { containers: names(CONTAINERS), video: names(VIDEO), audio: names(AUDIO), hls };
}
