// Feature detection in the real browser.
import type { Capabilities } from '$lib/api';
import { capabilities } from './capabilities';

/** Media Source Extensions, which hls.js needs. */
function hasMediaSource(): boolean {
  return 'MediaSource' in window || 'ManagedMediaSource' in window;
}

export function playsHlsItself(video: HTMLVideoElement): boolean {
  return video.canPlayType('application/vnd.apple.mpegurl') !== '';
}

export function browserCapabilities(): Capabilities {
  const video = document.createElement('video');
  return capabilities((type) => video.canPlayType(type), hasMediaSource() || playsHlsItself(video));
}

/** What every browser with HLS can play, for use after direct play has failed although the browser claimed support. */
export function cautiousCapabilities(): Capabilities {
  return { ...browserCapabilities(), containers: [], video: ['h264'], audio: ['aac'] };
}
