// The player: opens a playback, brings it into the media element, tells the server what happens.
import { asApiError, playback as api, type ApiError, type Playback } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { session } from '$lib/state/session.svelte';
import { attach, type Engine } from './engine';
import { listen } from './listen';
import { next, playbackOf, type Phase, type PlayerEvent } from './machine';
import { MediaState } from './media.svelte';
import { openPlayback, type PlayerWish } from './opening';
import { whileAway } from './patience';
import { Scrobbling } from './scrobbling.svelte';
import { decideStart, TabPlace, wasReloaded } from './start';
import { drawn, preferredSubtitle } from './tracks';

interface Opening {
  /** Begin here without a question. */
  position?: number;
  /** Playing as it is has failed: let the server convert. */
  cautious?: boolean;
  /** The server went away while this played: wait for it. */
  patient?: boolean;
  /** Show the picture and wait for the person. */
  held?: boolean;
}

/** How often in a row a broken stream is opened anew without getting any further. */
const MENDINGS = 3;

export class Player {
  phase = $state.raw<Phase>({ name: 'loading' });
  /** Index of the subtitles shown; null for none. */
  subtitle = $state<number | null>(null);
  readonly media = new MediaState();
  readonly scrobbling = new Scrobbling(() => this.#wasForgotten());
  readonly playback = $derived(playbackOf(this.phase));
  #video: HTMLVideoElement | null = null;
  #engine: Engine | null = null;
  #place = new TabPlace(sessionStorage);
  #saidPlaying = false;
  #cautious = false;
  /** The person has paused: what is loaded next does not begin by itself. */
  #held = false;
  #mendings = 0;
  /** Where it failed: another try goes on there. */
  #failedAt: number | undefined;
  #round = 0;

  constructor(readonly wish: PlayerWish) {}

  /** Takes the element and begins. Gives the way to end. */
  mount(video: HTMLVideoElement): () => void {
    this.#video = video;
    const { volume = 1, muted = false, rate = 1 } = session.preferences;
    Object.assign(video, { volume, muted, defaultPlaybackRate: rate, playbackRate: rate });
    const stops = [
      this.media.follow(video),
      this.scrobbling.follow(),
      live.onBack(() => this.#serverIsBack()),
      ...this.#listen(video)
    ];
    const position = wasReloaded() ? (this.#place.of(this.wish.title) ?? undefined) : undefined;
    void this.open({ position });
    return () => {
      this.#end();
      this.#place.forget();
      for (const stop of stops) stop();
      this.#video = null;
    };
  }

  /** Opens a playback, again if need be. */
  open = async (opening: Opening = {}): Promise<void> => {
    this.#end();
    const round = this.#round;
    this.#cautious = opening.cautious ?? false;
    this.#held = opening.held ?? false;
    this.#become({ type: 'opening' });
    try {
      const ask = () => openPlayback(this.wish, opening.position, this.#cautious);
      const playback = await (opening.patient ? whileAway(ask, () => round === this.#round) : ask());
      if (round !== this.#round) return;
      this.scrobbling.begin(playback);
      this.subtitle = preferredSubtitle(playback.subtitles, session.preferences.subtitle_language);
      const start = decideStart({
        at: this.wish.at,
        reloadedAt: opening.position ?? null,
        resume: playback.resume_ms ?? null,
        beginning: playback.position_ms
      });
      this.#become({ type: 'opened', playback, start });
      await this.#show(round);
    } catch (thrown) {
      if (round === this.#round) this.#fail(asApiError(thrown), opening.position);
    }
  };

  /** Another try after a failure, at the place where it was. */
  retry = (held = false): Promise<void> =>
    this.open({ position: this.#failedAt, cautious: this.#cautious, held });

  /** The answer to the resume question, in milliseconds. */
  choose = async (position: number): Promise<void> => {
    this.#become({ type: 'chosen', position });
    await this.#show(this.#round);
  };

  chooseAudio = async (index: number): Promise<void> => {
    const { playback } = this;
    if (!playback || playback.audio_index === index) return;
    const language = playback.file.audio.find((track) => track.index === index)?.language;
    if (language) session.prefer({ audio_language: language });
    await this.#switch((position) => api.switchAudio(playback.id, index, position));
  };

  chooseSubtitle = async (index: number | null): Promise<void> => {
    const { playback } = this;
    if (!playback) return;
    const chosen = playback.subtitles.find((track) => track.index === index);
    session.prefer({ subtitle_language: index === null ? '' : chosen?.language });
    const drawing = drawn(playback.subtitles, index);
    if (drawing !== (playback.subtitle_index ?? null))
      await this.#switch((position) => api.switchSubtitle(playback.id, drawing, position));
    this.subtitle = index;
  };

  play = (): void => {
    this.#held = false;
    if (this.phase.name === 'ended') void this.open({ position: 0 });
    else
      this.#video?.play().catch((refused: DOMException) => {
        // Anything else is the end of what was loaded, and what is loaded next plays.
        if (refused.name === 'NotAllowedError') this.media.blocked = true;
      });
  };

  pause = (): void => {
    this.#held = true;
    // While nothing is loaded the element itself says nothing of this.
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
    video.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.media.duration - 0.05));
  };

  /** Has the server send the film otherwise, and goes on at the same place. */
  async #switch(ask: (position: number) => Promise<Playback>): Promise<void> {
    const { position } = this;
    try {
      this.#become({ type: 'switched', playback: await ask(position), position });
      await this.#show(this.#round);
    } catch (thrown) {
      if (asApiError(thrown).status !== 404) throw thrown;
      this.#openAnew(position);
    }
  }

  async #show(round: number): Promise<void> {
    const phase = this.phase;
    const video = this.#video;
    if (phase.name !== 'showing' || !video) return;
    this.#engine?.detach();
    this.#engine = null;
    const engine = await attach(video, phase.playback, phase.from, (error) => this.#broke(error));
    if (round !== this.#round) {
      engine.detach();
      return;
    }
    this.#engine = engine;
    if (!this.#held) this.play();
  }

  #listen(video: HTMLVideoElement): (() => void)[] {
    return [
      listen(video, {
        playing: () => !this.#saidPlaying && this.#say('play'),
        play: () => (this.#held = false),
        pause: () => this.#paused(video),
        seeked: () => this.#saidPlaying && this.#say('seek'),
        ended: () => this.#finish(),
        timeupdate: () => this.#moved(video),
        volumechange: () => session.prefer({ volume: video.volume, muted: video.muted }),
        ratechange: () => session.prefer({ rate: video.playbackRate })
      }),
      listen(window, {
        pagehide: () => this.scrobbling.end(this.position),
        pageshow: (event) =>
          'persisted' in event && event.persisted && void this.open({ position: this.position })
      })
    ];
  }

  #paused(video: HTMLVideoElement): void {
    if (video.ended || video.error) return;
    this.#held = true;
    if (this.#saidPlaying) this.#say('pause');
  }

  #moved(video: HTMLVideoElement): void {
    if (this.phase.name !== 'showing' || video.paused) return;
    if (this.position > this.phase.from + 1000) this.#mendings = 0;
    this.#place.keep({ title: this.wish.title, position: this.position });
    this.scrobbling.tick(this.position);
  }

  #serverIsBack(): void {
    // So long after the picture stopped nobody may be watching any more: it waits for a key.
    if (this.phase.name === 'failed' && this.phase.error.offline) void this.retry(true);
    else this.scrobbling.catchUp(this.position, this.#held);
  }

  #say(event: 'play' | 'pause' | 'seek'): void {
    if (event !== 'seek') this.#saidPlaying = event === 'play';
    this.scrobbling.say(event, this.position);
  }

  #finish(): void {
    if (this.phase.name !== 'showing') return;
    this.scrobbling.say('stop', this.phase.playback.duration_ms);
    this.#saidPlaying = false;
    this.#place.forget();
    this.#become({ type: 'ended' });
  }

  /** The media element gave up. A file that was played as it is gets one more chance, converted. */
  #broke(error: ApiError): void {
    const direct = this.playback?.mode === 'direct';
    const { position } = this;
    const begun = this.phase.name === 'showing' && position > this.phase.from + 1000;
    // Browsers call a stream that breaks off undecodable too: what has played is opened anew first.
    if (direct && error.code === 'not_playable' && !this.#cautious && !begun) this.#openAnew(position, true);
    else if (this.#mendable) void this.#mend();
    else this.#fail(error, position);
  }

  get #mendable(): boolean {
    return this.phase.name === 'showing' && this.#mendings < MENDINGS;
  }

  /** Waits for the server and goes on at the same place: with the same playback, or a new one if it is forgotten. */
  async #mend(): Promise<void> {
    if (this.phase.name !== 'showing') return;
    this.#mendings += 1;
    // Before anything was loaded the element knows no position yet.
    const position = this.#video?.readyState ? this.position : this.phase.from;
    const round = (this.#round += 1);
    const wanted = () => round === this.#round;
    this.#detach();
    this.#become({ type: 'broken', position });
    try {
      await whileAway(() => this.scrobbling.ask(position, this.#held), wanted);
      if (!wanted()) return;
      this.#become({ type: 'mended' });
      await this.#show(round);
    } catch (thrown) {
      if (!wanted()) return;
      const error = asApiError(thrown);
      if (error.status === 404) this.#openAnew(position);
      else this.#fail(error, position);
    }
  }

  #openAnew(position: number, cautious = this.#cautious): void {
    void this.open({ position, cautious, patient: true, held: this.#held });
  }

  /** The server does not know this playback any more, after a restart or a long sleep. */
  #wasForgotten(): void {
    if (!this.#mendable) return;
    this.#mendings += 1;
    this.#openAnew(this.position);
  }

  #fail(error: ApiError, position?: number): void {
    this.#failedAt = position;
    this.#end();
    this.#become({ type: 'failed', error });
  }

  #end(): void {
    this.#round += 1;
    this.scrobbling.end(this.position);
    this.#detach();
  }

  #detach(): void {
    this.#saidPlaying = false;
    this.#engine?.detach();
    this.#engine = null;
  }

  #become(event: PlayerEvent): void {
    this.phase = next(this.phase, event);
  }
}
