// The player: opens a playback, loads it into the media element and reports events to the server.
import { asApiError, playback as api, type ApiError, type Playback } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { session } from '$lib/state/session.svelte';
import { attach, type Engine } from './engine';
import { listen } from './listen';
import { playbackOf, transition, type Phase, type PlayerEvent } from './machine';
import { MediaState } from './media.svelte';
import { applyPreferences, openPlayback, startOf, type OpenOptions, type PlayRequest } from './opening';
import { retryWhileOffline } from './retry';
import { Scrobbling } from './scrobbling.svelte';
import { TabPosition, wasReloaded } from './start';
import { burnedIn, preferredSubtitle } from './tracks';

/** How often in a row an interrupted stream is reopened without progress. */
const MAX_RECOVERIES = 3;

/** Playback counts as started once it is this far past its start position. */
const STARTED_AFTER_MS = 1_000;

export class Player {
  phase = $state.raw<Phase>({ name: 'loading' });
  /** Index of the selected subtitles; null for none. */
  subtitle = $state<number | null>(null);
  readonly media = new MediaState();
  readonly scrobbling = new Scrobbling(() => this.#handleUnknownPlayback());
  readonly playback = $derived(playbackOf(this.phase));
  #video: HTMLVideoElement | null = null;
  #engine: Engine | null = null;
  #tabPosition = new TabPosition(sessionStorage);
  /** Whether the server was informed that this is playing. */
  #reportedPlaying = false;
  /** Whether the user is seeking, as opposed to the engine seeking to its start position. */
  #seeking = false;
  #transcode = false;
  /** Whether the user has paused: the next source does not start by itself. */
  #keepPaused = false;
  #recoveries = 0;
  /** The position of a failure, where a retry continues. */
  #failedPosition: number | undefined;
  /** Incremented whenever the results of pending requests become obsolete. */
  #generation = 0;

  constructor(readonly request: PlayRequest) {}

  /** Attaches the player to the element and starts. Returns a function that ends the player. */
  mount(video: HTMLVideoElement): () => void {
    this.#video = video;
    applyPreferences(video);
    const stops = [
      this.media.follow(video),
      this.scrobbling.follow(),
      live.onReconnect(() => this.#handleReconnect()),
      ...this.#listen(video)
    ];
    const position = wasReloaded() ? (this.#tabPosition.of(this.request.title) ?? undefined) : undefined;
    void this.open({ position });
    return () => {
      this.#end();
      this.#tabPosition.clear();
      for (const stop of stops) stop();
      this.#video = null;
    };
  }

  /** Opens a playback, ending the current one. */
  open = async (options: OpenOptions = {}): Promise<void> => {
    this.#end();
    const generation = this.#generation;
    this.#transcode = options.transcode ?? false;
    this.#keepPaused = options.paused ?? false;
    this.#dispatch({ type: 'opening' });
    try {
      const open = () => openPlayback(this.request, options.position, this.#transcode);
      const current = () => generation === this.#generation;
      const playback = await (options.waitForServer ? retryWhileOffline(open, current) : open());
      if (!current()) return;
      this.scrobbling.start(playback);
      this.subtitle = preferredSubtitle(playback.subtitles, session.preferences.subtitle_language);
      const start = startOf(this.request, playback, options.position);
      this.#dispatch({ type: 'opened', playback, start });
      await this.#attach(generation);
    } catch (thrown) {
      if (generation === this.#generation) this.#fail(asApiError(thrown), options.position);
    }
  };

  /** Tries again after a failure, at the same position. */
  retry = (paused = false): Promise<void> =>
    this.open({ position: this.#failedPosition, transcode: this.#transcode, paused });

  /** Answers the resume prompt with a position in milliseconds. */
  choose = async (position: number): Promise<void> => {
    this.#dispatch({ type: 'chosen', position });
    await this.#attach(this.#generation);
  };

  chooseAudio = async (index: number): Promise<void> => {
    const { playback } = this;
    if (!playback || playback.audio_index === index) return;
    const language = playback.file.audio.find((track) => track.index === index)?.language;
    if (language) session.savePreferences({ audio_language: language });
    await this.#switch((position) => api.switchAudio(playback.id, index, position));
  };

  chooseSubtitle = async (index: number | null): Promise<void> => {
    const { playback } = this;
    if (!playback) return;
    const chosen = playback.subtitles.find((track) => track.index === index);
    session.savePreferences({ subtitle_language: index === null ? '' : chosen?.language });
    const image = burnedIn(playback.subtitles, index);
    if (image !== (playback.subtitle_index ?? null))
      await this.#switch((position) => api.switchSubtitle(playback.id, image, position));
    this.subtitle = index;
  };

  play = (): void => {
    this.#keepPaused = false;
    if (this.phase.name === 'ended') void this.open({ position: 0 });
    else
      this.#video?.play().catch((rejected: DOMException) => {
        // Other errors mean that the source was replaced; the new one will play.
        if (rejected.name === 'NotAllowedError') this.media.blocked = true;
      });
  };

  pause = (): void => {
    this.#keepPaused = true;
    // Without a source, the element sends no event.
    this.media.paused = true;
    this.#video?.pause();
  };

  /** The position in milliseconds. */
  get position(): number {
    return Math.round((this.#video?.currentTime ?? 0) * 1000);
  }

  seekTo = (seconds: number): void => {
    const video = this.#video;
    if (!video || this.phase.name !== 'showing') return;
    this.#seeking = true;
    video.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.media.duration - 0.05));
  };

  /** Requests a different delivery of the video from the server, and continues at the same position. */
  async #switch(request: (position: number) => Promise<Playback>): Promise<void> {
    const { position } = this;
    try {
      this.#dispatch({ type: 'switched', playback: await request(position), position });
      await this.#attach(this.#generation);
    } catch (thrown) {
      if (asApiError(thrown).status !== 404) throw thrown;
      this.#reopen(position);
    }
  }

  async #attach(generation: number): Promise<void> {
    const phase = this.phase;
    const video = this.#video;
    if (phase.name !== 'showing' || !video) return;
    this.#engine?.detach();
    this.#engine = null;
    const engine = await attach(video, phase.playback, phase.from, (error) => this.#handleFailure(error));
    if (generation !== this.#generation) {
      engine.detach();
      return;
    }
    this.#engine = engine;
    if (!this.#keepPaused) this.play();
  }

  #listen(video: HTMLVideoElement): (() => void)[] {
    return [
      listen(video, {
        playing: () => !this.#reportedPlaying && this.#report('play'),
        play: () => (this.#keepPaused = false),
        pause: () => this.#handlePause(video),
        seeked: () => this.#handleSeek(),
        ended: () => this.#finish(),
        timeupdate: () => this.#handleProgress(video),
        volumechange: () => session.savePreferences({ volume: video.volume, muted: video.muted }),
        ratechange: () => session.savePreferences({ rate: video.playbackRate })
      }),
      listen(window, {
        pagehide: () => this.scrobbling.end(this.position),
        pageshow: (event) =>
          'persisted' in event && event.persisted && void this.open({ position: this.position })
      })
    ];
  }

  #handlePause(video: HTMLVideoElement): void {
    if (video.ended || video.error) return;
    this.#keepPaused = true;
    if (this.#reportedPlaying) this.#report('pause');
  }

  /** Reports seeks, also while paused, because that is where the user wants to continue. */
  #handleSeek(): void {
    if (this.phase.name !== 'showing' || !(this.#seeking || this.#reportedPlaying)) return;
    this.#seeking = false;
    this.#savePosition();
    this.#report('seek');
  }

  #handleProgress(video: HTMLVideoElement): void {
    if (this.phase.name !== 'showing' || video.paused) return;
    if (this.position > this.phase.from + STARTED_AFTER_MS) this.#recoveries = 0;
    this.#savePosition();
    this.scrobbling.tick(this.position);
  }

  #savePosition(): void {
    this.#tabPosition.save({ title: this.request.title, position: this.position });
  }

  #handleReconnect(): void {
    // After such a long interruption, the user may be away: wait until they press play.
    if (this.phase.name === 'failed' && this.phase.error.offline) void this.retry(true);
    else this.scrobbling.resync(this.position, this.#keepPaused);
  }

  #report(event: 'play' | 'pause' | 'seek'): void {
    if (event !== 'seek') this.#reportedPlaying = event === 'play';
    this.scrobbling.report(event, this.position);
  }

  #finish(): void {
    if (this.phase.name !== 'showing') return;
    this.scrobbling.report('stop', this.phase.playback.duration_ms);
    this.#reportedPlaying = false;
    this.#tabPosition.clear();
    this.#dispatch({ type: 'ended' });
  }

  /** Handles a failure of the media element. A file that was played directly is tried again, transcoded. */
  #handleFailure(error: ApiError): void {
    const { playback, position } = this;
    const started = this.phase.name === 'showing' && position > this.phase.from + STARTED_AFTER_MS;
    // Browsers also report interrupted streams as undecodable, so a stream that has already played is reopened first.
    if (playback?.mode === 'direct' && error.code === 'not_playable' && !this.#transcode && !started)
      this.#reopen(position, true);
    else if (this.#recoverable) void this.#recover();
    else this.#fail(error, position);
  }

  get #recoverable(): boolean {
    return this.phase.name === 'showing' && this.#recoveries < MAX_RECOVERIES;
  }

  /** Waits for the server and continues: with the same playback, or a new one if the server has forgotten it. */
  async #recover(): Promise<void> {
    if (this.phase.name !== 'showing') return;
    this.#recoveries += 1;
    // The element has no position before anything is loaded.
    const position = this.#video?.readyState ? this.position : this.phase.from;
    const generation = (this.#generation += 1);
    const current = () => generation === this.#generation;
    this.#detach();
    this.#dispatch({ type: 'interrupted', position });
    try {
      await retryWhileOffline(() => this.scrobbling.confirm(position, this.#keepPaused), current);
      if (!current()) return;
      this.#dispatch({ type: 'recovered' });
      await this.#attach(generation);
    } catch (thrown) {
      if (!current()) return;
      const error = asApiError(thrown);
      if (error.status === 404) this.#reopen(position);
      else this.#fail(error, position);
    }
  }

  #reopen(position: number, transcode = this.#transcode): void {
    void this.open({ position, transcode, waitForServer: true, paused: this.#keepPaused });
  }

  /** Handles that the server no longer knows this playback, after a restart or a long sleep. */
  #handleUnknownPlayback(): void {
    if (!this.#recoverable) return;
    this.#recoveries += 1;
    this.#reopen(this.position);
  }

  #fail(error: ApiError, position?: number): void {
    this.#failedPosition = position;
    this.#end();
    this.#dispatch({ type: 'failed', error });
  }

  #end(): void {
    this.#generation += 1;
    this.scrobbling.end(this.position);
    this.#detach();
  }

  #detach(): void {
    this.#reportedPlaying = this.#seeking = false;
    this.#engine?.detach();
    this.#engine = null;
  }

  #dispatch(event: PlayerEvent): void {
    this.phase = transition(this.phase, event);
  }
}
