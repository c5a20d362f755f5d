// Loads a playback into a media element: as a plain file, or as HLS, through hls.js if the browser does not
// support HLS.
import type { Playback } from '$lib/api';
import { ApiError } from '$lib/api';
import { m } from '$lib/messages/player';
import { playsHlsItself } from './browser';

export interface Engine {
  detach(): void;
}

/** How often hls.js may recover from decoding errors before the stream counts as failed. */
const MAX_RECOVERIES = 4;

/** A slow server may need this long for the first segment of a transcoded stream. */
const FIRST_SEGMENT_MS = 60_000;

/** Few retries: the player handles lasting errors by opening a new playback. */
const loadPolicy = {
  default: {
    maxTimeToFirstByteMs: FIRST_SEGMENT_MS,
    maxLoadTimeMs: 2 * FIRST_SEGMENT_MS,
    timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: 3, retryDelayMs: 1_000, maxRetryDelayMs: 8_000 }
  }
};

/** Loads a playback at a position. `onFailure` is called for errors that cannot be recovered from here. */
export async function attach(
  video: HTMLVideoElement,
  playback: Playback,
  fromMs: number,
  onFailure: (error: ApiError) => void
): Promise<Engine> {
  if (playback.mode === 'direct' || playsHlsItself(video))
    return attachFile(video, playback.url, fromMs, onFailure);
  return attachHls(video, playback.url, fromMs, onFailure);
}

function attachFile(
  video: HTMLVideoElement,
  url: string,
  fromMs: number,
  onFailure: (error: ApiError) => void
): Engine {
  const seekToStart = () => {
    if (fromMs > 0) video.currentTime = fromMs / 1000;
  };
  const failed = () => onFailure(mediaFailure(video.error));
  video.addEventListener('loadedmetadata', seekToStart, { once: true });
  video.addEventListener('error', failed);
  video.src = url;
  return {
    detach() {
      video.removeEventListener('loadedmetadata', seekToStart);
      video.removeEventListener('error', failed);
      video.removeAttribute('src');
      video.load();
    }
  };
}

async function attachHls(
  video: HTMLVideoElement,
  url: string,
  fromMs: number,
  onFailure: (error: ApiError) => void
): Promise<Engine> {
  const { default: Hls } = await import('hls.js/light');
  const hls = new Hls({
    startPosition: fromMs / 1000,
    maxBufferLength: 30,
    backBufferLength: 60,
    manifestLoadPolicy: loadPolicy,
    playlistLoadPolicy: loadPolicy,
    fragLoadPolicy: loadPolicy
  });
  let recoveries = 0;
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    recoveries += 1;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && recoveries <= MAX_RECOVERIES) hls.recoverMediaError();
    else onFailure(streamFailure(data.response?.code));
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return { detach: () => hls.destroy() };
}

function mediaFailure(error: MediaError | null): ApiError {
  const undecodable =
    error?.code === MediaError.MEDIA_ERR_DECODE || error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
  return undecodable
    ? new ApiError(-1, 'not_playable', m.notPlayable, m.notPlayableAction)
    : streamFailure(undefined);
}

function streamFailure(status: number | undefined): ApiError {
  return new ApiError(status ?? 0, 'stream_broken', m.streamBroken, m.streamBrokenAction);
}
