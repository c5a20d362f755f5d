// The state of the media element, as the interface needs it.
import { listen } from './listen';

const READ_AT = 'timeupdate durationchange progress volumechange ratechange pause play seeking seeked'.split(
  ' '
);

export class MediaState {
  paused = $state(true);
  waiting = $state(false);
  seeking = $state(false);
  /** Seconds. */
  position = $state(0);
  duration = $state(0);
  /** How far ahead is loaded, in seconds. */
  buffered = $state(0);
  volume = $state(1);
  muted = $state(false);
  rate = $state(1);
  picture = $state(false);
  /** The browser refused to start with sound before the person did something. */
  blocked = $state(false);

  /** Follows an element. Gives the way to stop. */
  follow(video: HTMLVideoElement): () => void {
    const read = () => this.#read(video);
    const waiting = () => (this.waiting = true);
    const going = () => {
      this.waiting = false;
      this.blocked = false;
      read();
    };
    // Enough while it stands still: playing needs more.
    const shown = () => (this.waiting &&= !video.paused);
    read();
    return listen(video, {
      ...Object.fromEntries(READ_AT.map((name) => [name, read])),
      waiting,
      loadstart: waiting,
      loadeddata: shown,
      playing: going,
      canplay: going,
      enterpictureinpicture: () => (this.picture = true),
      leavepictureinpicture: () => (this.picture = false)
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

/** The end of the loaded part that holds this position. */
function bufferedUntil(ranges: TimeRanges, position: number): number {
  for (let index = 0; index < ranges.length; index += 1) {
    if (ranges.start(index) <= position + 0.5 && ranges.end(index) >= position) return ranges.end(index);
  }
  return position;
}
