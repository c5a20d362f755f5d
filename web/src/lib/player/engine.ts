// Brings a playback into a media element: as a plain file, or as HLS through hls.js where the browser needs it.
import type { Playback } from '$lib/api';
import { ApiError } from '$lib/api';
import { playsHlsItself } from './browser';

export interface Engine {
  detach(): void;
}

/** How often a stream that cannot be decoded is mended before it is given up. */
const REPAIRS = 4;

/** A slow machine may need this long for the first piece of a converted film. */
const CONVERTING_MS = 60_000;

/** Errors that last are the player's to mend: it asks for a new playback. */
const loadPolicy = {
  default: {
    maxTimeToFirstByteMs: CONVERTING_MS,
    maxLoadTimeMs: 2 * CONVERTING_MS,
    timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: 3, retryDelayMs: 1_000, maxRetryDelayMs: 8_000 }
  }
};

/** Loads a playback and goes to its first position. `onFailure` hears of what cannot be mended. */
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
  const goThere = () => {
    if (fromMs > 0) video.currentTime = fromMs / 1000;
  };
  const failed = () => onFailure(mediaFailure(video.error));
  video.addEventListener('loadedmetadata', goThere, { once: true });
  video.addEventListener('error', failed);
  video.src = url;
  return {
    detach() {
      video.removeEventListener('loadedmetadata', goThere);
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
  let repairs = 0;
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    repairs += 1;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && repairs <= REPAIRS) hls.recoverMediaError();
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
    ? new ApiError(
        -1,
        'not_playable',
        'This browser cannot play this file.',
        'Try another version, or another browser.'
      )
    : streamFailure(undefined);
}

function streamFailure(status: number | undefined): ApiError {
  return new ApiError(
    status ?? 0,
    'stream_broken',
    'The picture stopped coming from the server.',
    'Check the connection to the server and try again. Your place is kept.'
  );
}
