// The state of the media element as reactive values.
import { listen } from './listen';

const STATE_EVENTS =
  'timeupdate durationchange progress volumechange ratechange pause play seeking seeked'.split(' ');

export class MediaState {
  paused = $state(true);
  waiting = $state(false);
  seeking = $state(false);
  /** In seconds. */
  position = $state(0);
  duration = $state(0);
  /** How far the video is buffered, in seconds. */
  buffered = $state(0);
  volume = $state(1);
  muted = $state(false);
  rate = $state(1);
  pictureInPicture = $state(false);
  /** Whether the browser blocks autoplay until the user interacts with the page. */
  blocked = $state(false);

  /** Follows an element. Returns a function that ends this. */
  follow(video: HTMLVideoElement): () => void {
    const read = () => this.#read(video);
    const waiting = () => (this.waiting = true);
    const ready = () => {
      this.waiting = false;
      this.blocked = false;
      read();
    };
    // While paused, the first frame is enough; playback needs more data.
    const firstFrame = () => (this.waiting &&= !video.paused);
    read();
    return listen(video, {
      ...Object.fromEntries(STATE_EVENTS.map((name) => [name, read])),
      waiting,
      loadstart: waiting,
      loadeddata: firstFrame,
      playing: ready,
      canplay: ready,
      enterpictureinpicture: () => (this.pictureInPicture = true),
      leavepictureinpicture: () => (this.pictureInPicture = false)
    });
  }

  #read(video: HTMLVideoElement): void {
    this.paused = video.paused;
    this.seeking = video.seeking;
    this.position = video.currentTime;
    if (Number.isFinite(video.duration)) this.duration = video.duration;
    this.volume = video.volume;
    this.muted = video.muted;
    this.rate = video.playbackRate;
    this.buffered = bufferedUntil(video.buffered, video.currentTime);
  }
}

/** The end of the buffered range that contains this position. */
function bufferedUntil(ranges: TimeRanges, position: number): number {
  for (let index = 0; index < ranges.length; index += 1) {
    if (ranges.start(index) <= position + 0.5 && ranges.end(index) >= position) return ranges.end(index);
  }
  return position;
}
