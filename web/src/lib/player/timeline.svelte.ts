// The chapters and preview images of a playback, loaded in parallel so that playback never waits for them.
import { playback as api, type PlaybackTimeline } from '$lib/api';

export class Timeline {
  current = $state.raw<PlaybackTimeline>({ chapters: [] });

  /** Loads the timeline of a playback. Returns a function that discards a late response. */
  follow(id: string): () => void {
    let dropped = false;
    api.timeline(id).then(
      (found) => {
        if (!dropped) this.current = found;
      },
      // Without a timeline, the seek bar has no chapters and previews.
      () => undefined
    );
    return () => (dropped = true);
  }
}
