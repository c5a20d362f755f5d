// The chapters and pictures of what is played, loaded beside playback: it never waits for them.
import { playback as api, type PlaybackTimeline } from '$lib/api';

export class Timeline {
  current = $state.raw<PlaybackTimeline>({ chapters: [] });

  /** Loads the timeline of a playback. Returns a function that makes a late answer be dropped. */
  follow(id: string): () => void {
    let dropped = false;
    api.timeline(id).then(
      (found) => {
        if (!dropped) this.current = found;
      },
      // Without chapters and pictures the bar is a plain bar.
      () => undefined
    );
    return () => (dropped = true);
  }
}
